"""Check digits."""

import pytest

from privacy.checks import is_bsn, is_iban


@pytest.mark.parametrize("digits", ["123456782", "111222333", "100000009"])
def test_a_number_with_the_right_check_digit_is_a_bsn(digits: str) -> None:
    assert is_bsn(digits)


@pytest.mark.parametrize(
    "digits", ["123456789", "000000000", "12345678", "1234567820", "12345678x"]
)
def test_other_numbers_are_no_bsn(digits: str) -> None:
    assert not is_bsn(digits)


def test_one_wrong_digit_is_always_seen() -> None:
    bsn = "123456782"
    for place in range(len(bsn)):
        for digit in "0123456789":
            changed = bsn[:place] + digit + bsn[place + 1 :]
            assert is_bsn(changed) == (changed == bsn)


def test_an_iban_has_the_right_check_digits() -> None:
    assert is_iban("NL91ABNA0417164300")
    assert is_iban("be68539007547034")
    assert not is_iban("NL92ABNA0417164300")
    assert not is_iban("NL91ABNA041716430€")
