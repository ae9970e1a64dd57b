"""TEMPORARY by the owner; helper-7 replaces this file."""
from typing import NamedTuple
class Redaction(NamedTuple):
    text: str
    kinds: tuple
def redact(text: str) -> Redaction:
    return Redaction(text, ())
