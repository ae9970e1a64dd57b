"""Codes to go on with a scan elsewhere: not to be guessed, easy to read out."""

import hashlib
import re
import secrets

# Without I, L, O and U: they look or sound like 1, 0 or V (Crockford's base 32).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16  # 16 characters of 5 bits: 80 bits

_GROUP = 4
_CODE = re.compile(
    rf"(?<![0-9A-Za-z])(?:[{ALPHABET}ILO]{{{_GROUP}}}[ .\u2013-]?){{{LENGTH // _GROUP}}}"
    r"(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_MISREAD = str.maketrans("ILO", "110")


def new_code() -> str:
    """Return a new random code, in groups of four, such as `7KQF-2MXD-9R4T-B6HW`."""
    characters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    if not _has_digit(characters):
        return new_code()
    return "-".join(characters[i : i + _GROUP] for i in range(0, LENGTH, _GROUP))


def find_code(text: str) -> str | None:
    """Return the code in `text`, in its one normal form, or None when there is none."""
    for match in _CODE.finditer(text):
        plain = re.sub(r"[^0-9A-Z]", "", match.group().upper()).translate(_MISREAD)
        if _has_digit(plain):
            return plain
    return None


def code_hash(code: str) -> str:
    """Return what is stored of a code. A plain hash serves: 80 random bits cannot be tried out."""
    return hashlib.sha256((find_code(code) or code).encode()).hexdigest()


def _has_digit(characters: str) -> bool:
    """Tell a code from four words of four letters: every code has a digit."""
    return any(character.isdigit() for character in characters)
