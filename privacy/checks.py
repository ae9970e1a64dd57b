"""Check digits of the BSN and the IBAN."""

_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_BSN_LENGTH = 9
_IBAN_MODULUS = 97


def is_bsn(digits: str) -> bool:
    """Tell whether `digits` passes the 11-check of the burgerservicenummer; 8 digits get a zero."""
    padded = digits.zfill(_BSN_LENGTH)
    if len(padded) != _BSN_LENGTH or not padded.isdecimal() or not int(padded):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_BSN_WEIGHTS, padded, strict=True))
    return total % 11 == 0


def is_iban(compact: str) -> bool:
    """Tell whether `compact` (no spaces) passes the check of ISO 13616: remainder 1 by 97."""
    moved = (compact[4:] + compact[:4]).upper()
    if not moved.isascii() or not moved.isalnum():
        return False
    return int("".join(str(int(character, 36)) for character in moved)) % _IBAN_MODULUS == 1
