from datetime import timedelta

import pytest
from ruamel.yaml import YAML

from ebw.environment import SettingsError
from ebw.settings import ROOT
from ebw.settings_retention import read_retention, spoken

NAMES = ["CONVERSATION", "UNFINISHED", "COMPLETED", "REQUEST"]


def test_without_settings_the_periods_are_those_of_the_privacy_statement() -> None:
    kept = read_retention({})
    days = (kept.conversation, kept.unfinished, kept.completed, kept.request)
    assert [period.days for period in days] == [14, 90, 730, 365]


@pytest.mark.parametrize("name", NAMES)
def test_each_period_can_be_chosen(name: str) -> None:
    kept = read_retention({f"EBW_RETENTION_{name}_DAYS": "3"})
    assert getattr(kept, name.lower()) == timedelta(days=3)
    assert sum(getattr(kept, other.lower()) == timedelta(days=3) for other in NAMES) == 1


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", ["0", "-1", "3651", "twee", "1.5", "²", "1e2"])
def test_a_period_that_is_none_is_refused_by_name(name: str, text: str) -> None:
    variable = f"EBW_RETENTION_{name}_DAYS"
    with pytest.raises(SettingsError, match=variable):
        read_retention({variable: text})


@pytest.mark.parametrize(
    ("days", "words"), [(1, "1 dag"), (14, "14 dagen"), (365, "1 jaar"), (730, "2 jaar")]
)
def test_a_period_can_be_told(days: int, words: str) -> None:
    assert spoken(timedelta(days=days)) == words


def test_what_the_assistant_says_about_it_is_what_happens_by_default() -> None:
    domain = YAML(typ="safe").load(ROOT / "domain.yml")
    (told,) = [one["text"] for one in domain["responses"]["utter_ask_privacy"]]
    kept = read_retention({})
    assert f"wat niet af is {spoken(kept.unfinished)}" in told
    assert f"wat af is {spoken(kept.completed)}" in told
    assert f"vergeet ik binnen {spoken(kept.conversation)}" in told
    assert f"tot {spoken(kept.request)} nadat het is afgehandeld" in told
