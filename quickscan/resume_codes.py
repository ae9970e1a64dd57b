"""Codes to go on with a scan elsewhere: not to be guessed, easy to read out."""

import hashlib
import re
import secrets

# Without I, L, O and U: they look or sound like 1, 0 or V (Crockford's base 32).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 4
GROUP_LENGTH = 4

# A digit that no letter is mistaken for stands in every group: it tells a code from Dutch words,
# as in "code 7KQF-2MXD-9R4T-B6HW" or "verantwoordelijk". That leaves 77 of the 80 bits.
_TELLTALE = "23456789"
_GROUP = rf"(?=.{{0,3}}[{_TELLTALE}])[{ALPHABET}ILO]{{{GROUP_LENGTH}}}"
_BETWEEN = r"[\s.\u2010-\u2015-]{0,3}"  # also the dashes that a word processor makes of a hyphen
_CODE = re.compile(
    rf"(?<![0-9A-Za-z]){_GROUP}(?:{_BETWEEN}{_GROUP}){{{GROUPS - 1}}}(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_MISREAD = str.maketrans("ILO", "110")


def new_code() -> str:
    """Return a new random code, in groups of four, such as `7KQF-2MXD-9R4T-B6HW`."""
    return "-".join(_new_group() for _ in range(GROUPS))


def find_code(text: str) -> str | None:
    """Return the code in `text`, in its one normal form, or None when there is none."""
    match = _CODE.search(text)
    return re.sub(r"[^0-9A-Z]", "", match.group().upper()).translate(_MISREAD) if match else None


def code_hash(code: str) -> str:
    """Return what is stored of a code. A plain hash serves: 77 random bits cannot be tried out."""
    return hashlib.sha256((find_code(code) or code).encode()).hexdigest()


def _new_group() -> str:
    while True:
        group = "".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH))
        if set(group) & set(_TELLTALE):
            return group
