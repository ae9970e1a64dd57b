"""Taking personal data out of a message."""

import random
import sys
from pathlib import Path
from types import FrameType

import pytest
from ruamel.yaml import YAML

from privacy.labels import LABELS
from privacy.redact import redact

HERE = Path(__file__).parent
SEED = 20260321
MESSAGES = [
    message["text"]
    for name in ("messages.yml", "messages_second_half.yml")
    for message in YAML(typ="safe").load(HERE / name)
]
LENGTH = 100_000
# Each of these begins many rules, or none: what takes long for one takes long for many.
REPEATED = (
    *("a", ".", "@", "[", '"', "\n", "é", "😀", "1 ", "A.", "a@", "a-", "a'", "a_", "Aa "),
    *("van ", "in de Van ", "Jan en ", "Fatima, ", "123456782 ", "06 ", "NL91 ", "zaaknummer "),
    *("tiktok ", "geboren ", "straat ", "www."),
)


@pytest.mark.parametrize(
    ("message", "redacted", "kinds"),
    [
        ("Zijn zus Fatima belde.", "Zijn zus [naam] belde.", ("person",)),
        ("bsn 123456782", "bsn [bsn]", ("bsn",)),
        ("bel 06-12345678", "bel [telefoonnummer]", ("phone",)),
        ("mail naar s.kaya@live.nl", "mail naar [e-mailadres]", ("email",)),
        ("hij woont Lindenlaan 4", "hij woont [adres]", ("address",)),
        ("postcode 2515 AL", "postcode [postcode]", ("postcode",)),
        ("geboren op 3-5-2007", "geboren op [geboortedatum]", ("birthdate",)),
        ("NL91ABNA0417164300", "[rekeningnummer]", ("iban",)),
        ("de auto GB-374-K", "de auto [kenteken]", ("license_plate",)),
        ("volg @noorder_wind", "volg [gebruikersnaam]", ("username",)),
        ("zaaknummer 2024-118", "zaaknummer [zaaknummer]", ("case_number",)),
        ("leerlingnummer 20487", "leerlingnummer [leerlingnummer]", ("student_number",)),
        ("paspoort NX4R8L2P1", "paspoort [documentnummer]", ("document_number",)),
        ("vanaf 10.20.30.40", "vanaf [ip-adres]", ("ip_address",)),
    ],
)
def test_each_kind_gets_its_own_label(message: str, redacted: str, kinds: tuple[str, ...]) -> None:
    assert redact(message).text == redacted
    assert redact(message).kinds == kinds


def test_every_kind_is_named_once_in_the_order_of_the_message() -> None:
    redaction = redact("Bel Esra Toprak of Ahmed Kaya op 06-12345678.")
    assert redaction.kinds == ("person", "phone")
    assert set(redaction.kinds) <= set(LABELS)


def test_a_message_without_personal_data_stays_as_it_is() -> None:
    message = "Hoe evalueren we het casusoverleg in Delft, vóór 1 mei 2026? 😀 <b>dank</b>"
    assert redact(message).text == message
    assert redact(message).kinds == ()


@pytest.mark.parametrize("message", ["", " ", "\n\n", "😀", "...", "[naam]", "\x00", "\u200b"])
def test_a_message_of_nothing_stays_as_it_is(message: str) -> None:
    assert redact(message).text == message


def test_what_stands_around_personal_data_stays() -> None:
    message = "<p>😀 \t**Fatima el Idrissi**\n&amp; haar zus</p>"
    assert redact(message).text == "<p>😀 \t**[naam]**\n&amp; haar zus</p>"


def test_a_name_that_the_user_puts_between_brackets_is_no_label() -> None:
    assert redact("zijn broer [hamza] is weg").text == "zijn broer [[naam]] is weg"


@pytest.mark.parametrize("message", ["[bsn] 12345678", "[kenteken] is AB12CD", "[zaaknummer] 4471"])
def test_a_label_announces_nothing(message: str) -> None:
    assert redact(message).text == message


def test_redacting_twice_changes_nothing() -> None:
    for message in MESSAGES:
        once = redact(message).text
        assert redact(once).text == once


def test_redacting_mixed_messages_twice_changes_nothing() -> None:
    words = [word for message in MESSAGES for word in message.split()]
    chance = random.Random(SEED)
    for _ in range(1500):
        mixed = " ".join(chance.choices(words, k=chance.randint(1, 25)))
        once = redact(mixed).text
        assert redact(once).text == once, mixed


def test_any_characters_can_be_redacted() -> None:
    chance = random.Random(SEED)
    for _ in range(500):
        text = "".join(chr(chance.choice(_CODES)) for _ in range(chance.randint(1, 80)))
        once = redact(text).text
        assert redact(once).text == once, repr(text)


@pytest.mark.parametrize("piece", REPEATED, ids=repr)
def test_a_message_of_a_hundred_thousand_characters_is_redacted(piece: str) -> None:
    text = (piece * (LENGTH // len(piece) + 1))[:LENGTH]
    assert redact(text).text


def test_four_times_the_message_takes_four_times_the_work() -> None:
    paragraph = "\n".join(MESSAGES[:200])
    assert _calls(paragraph * 4) < 4.5 * _calls(paragraph)


_CODES = [*range(9, 14), *range(32, 127), *range(160, 384), 0x200B, 0x2019, 0x1F600, 0x661, 0x202E]


def _calls(text: str) -> int:
    """Count the Python functions called while `text` is redacted."""
    redact(text)  # what is read once is not counted
    count = 0

    def counting(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(counting)
    try:
        redact(text)
    finally:
        sys.setprofile(None)
    return count
