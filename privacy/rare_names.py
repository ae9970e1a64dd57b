"""Names that our own lists lack: those of the package Faker (MIT), of languages heard here.

Read by a process of its own (half a second), as the package would hold on to 20 MB in each server.
"""

import json
import subprocess
import sys
from importlib import import_module

from privacy.text import fold

_LANGUAGES = tuple(
    "nl_NL nl_BE tr_TR az_AZ uz_UZ fr_DZ fr_FR en_PK en_IN en_KE en_NG ha_NG yo_NG ig_NG tw_GH sw "
    "id_ID pl_PL ro_RO hr_HR hu_HU cs_CZ sk_SK sl_SI lt_LT lv_LV et_EE da_DK sv_SE no_NO fi_FI "
    "de_DE es_ES pt_PT it_IT".split()
)
# No English ones, and no short surnames: "Fox News", "RAND Europe" are no persons.
_SHORTEST = {"first_names": 3, "last_names": 5}


def rare_names() -> tuple[frozenset[str], frozenset[str]]:
    """Return folded first names and surnames, those of one word.

    Raises subprocess.CalledProcessError when the package cannot be read.
    """
    command = [sys.executable, "-m", __name__]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    first_names, surnames = json.loads(done.stdout)
    return frozenset(first_names), frozenset(surnames)


def _names_of(kind: str) -> list[str]:
    found: set[str] = set()
    for language in _LANGUAGES:
        provider = import_module(f"faker.providers.person.{language}").Provider
        for attribute in vars(provider):
            if attribute.startswith(kind):
                found.update(map(fold, getattr(provider, attribute)))
    return sorted(name for name in found if len(name) >= _SHORTEST[kind] and name.isalpha())


if __name__ == "__main__":
    json.dump([_names_of(kind) for kind in _SHORTEST], sys.stdout)
