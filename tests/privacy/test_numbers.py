"""BSN, bank account and telephone number."""

import pytest

from privacy.redact import redact


@pytest.mark.parametrize(
    "number", ["123456782", "123 456 782", "123.456.782", "123-45-6782", "1234.56.782"]
)
def test_nine_digits_that_pass_the_check_are_a_bsn(number: str) -> None:
    if number == "123-45-6782":
        assert redact(f"bsn {number}").text == "bsn [bsn]"
    else:
        assert redact(f"({number})").text == "([bsn])"


@pytest.mark.parametrize("announcement", ["bsn", "BSN:", "burgerservicenummer", "sofinummer is"])
def test_a_number_that_is_called_a_bsn_goes_even_with_a_typing_error(announcement: str) -> None:
    assert redact(f"{announcement} 123456789").text == f"{announcement} [bsn]"


@pytest.mark.parametrize(
    "message",
    [
        "123456789 volgers",
        "dat kost 123456782 euro",
        "€ 123456782",
        "RSIN 123456782",
        "KvK 12345678",
        "ISBN 978-90-12-34567-8",
        "kenmerk 2024-0000123456",
        "kamerstuk 29754 nr. 667",
        "in 2022 waren er 34 en in 2023 nog 12",
        "we hebben 250000 inwoners",
    ],
)
def test_other_numbers_stay(message: str) -> None:
    assert redact(message).text == message


@pytest.mark.parametrize(
    "account",
    [
        "NL91ABNA0417164300",
        "nl91 abna 0417 1643 00",
        "NL91-ABNA-0417-1643-00",
        "BE68 5390 0754 7034",
        "DE89 3704 0044 0532 0130 00",
        "TR33 0006 1005 1978 6457 8413 26",
    ],
)
def test_an_account_is_found_in_every_notation(account: str) -> None:
    assert redact(f"geld op {account} gestort").text == "geld op [rekeningnummer] gestort"


def test_a_dutch_account_with_a_typing_error_is_found() -> None:
    assert redact("NL00ABNA0417164300").text == "[rekeningnummer]"


def test_an_old_account_number_is_found_when_it_is_called_that() -> None:
    assert redact("rekeningnummer 123456789").text == "rekeningnummer [rekeningnummer]"


@pytest.mark.parametrize(
    "phone",
    [
        "0612345687",
        "06-12345678",
        "06 12 34 56 78",
        "06/12345678",
        "06.12.34.56.78",
        "+31 6 12345678",
        "+31(0)612345678",
        "0031 6 45 67 89 01",
        "010-4567890",
        "(010) 456 78 90",
        "0570-612345",
        "+90 532 123 45 67",
        "+1 (202) 555-0143",
    ],
)
def test_a_telephone_number_is_found_in_every_notation(phone: str) -> None:
    assert redact(f"bel {phone}, na 17.00 uur").text == "bel [telefoonnummer], na 17.00 uur"


@pytest.mark.parametrize(
    "message",
    [
        "bel ik dan 112 of 0900-8844?",
        "14 0318",
        "070-3334555",
        "(070) 333 45 58",
        "06-05-2024 12:00",
        "van 06:45 tot 16:30 uur",
        "week 06-2024",
    ],
)
def test_public_numbers_and_dates_are_no_telephone_number(message: str) -> None:
    assert redact(message).text == message
