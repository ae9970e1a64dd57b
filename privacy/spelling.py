"""One key for the spellings of one name: "Mohammed" and "Muhamed", "Lianne" and "Liane"."""

import re

_SAME_SOUND = (
    ("tsj", "ch"),
    ("dzj", "j"),
    ("sch", "sh"),
    ("sj", "sh"),
    ("dj", "j"),
    ("ph", "f"),
    ("ck", "k"),
    ("ks", "x"),
    ("ch", "h"),
    ("kh", "h"),
    ("gh", "g"),
    ("th", "t"),
    ("dh", "d"),
    ("ou", "u"),
    ("oe", "u"),
    ("ie", "i"),
    ("ij", "i"),
    ("ei", "i"),
    ("y", "i"),
    ("q", "k"),
    ("c", "k"),
    ("z", "s"),
    ("w", "v"),
    ("o", "u"),
)
_DOUBLED = re.compile(r"(.)\1+")
_SHORTEST_KEY = 4


def sound_key(folded: str) -> str:
    """Return the key of a folded name; "" when it is too short to tell names apart."""
    key = _DOUBLED.sub(r"\1", folded)
    for written, sound in _SAME_SOUND:
        key = key.replace(written, sound)
    key = _DOUBLED.sub(r"\1", key.replace("-", "").replace("'", "")).rstrip("eh")
    return key if len(key) >= _SHORTEST_KEY else ""
