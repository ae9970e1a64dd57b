import math

import pytest

from quickscan.resume_codes import ALPHABET, code_hash, find_code, new_code

CODE = "7KQF-2MXD-9R4T-B6HW"
PLAIN = "7KQF2MXD9R4TB6HW"


def test_a_code_is_four_groups_of_four_that_are_easy_to_read_out() -> None:
    for _ in range(200):
        groups = new_code().split("-")
        assert [len(group) for group in groups] == [4, 4, 4, 4]
        assert not set("".join(groups)) & set("ILOU")
        assert all(set(group) & set("23456789") for group in groups)


def test_codes_hold_at_least_sixty_bits() -> None:
    # A group has at least one of eight digits, so of all groups those without any fall away.
    allowed = len(ALPHABET) ** 4 - (len(ALPHABET) - 8) ** 4
    assert 4 * math.log2(allowed) > 60


def test_codes_use_the_whole_alphabet_and_do_not_repeat() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert set("".join(codes)) == {*ALPHABET, "-"}


def test_every_new_code_is_found_as_it_was_given() -> None:
    for _ in range(500):
        code = new_code()
        assert find_code(code) == code.replace("-", "")


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        CODE.lower(),
        PLAIN,
        PLAIN.lower(),
        "7KQF 2MXD 9R4T B6HW",
        "7KQF.2MXD.9R4T.B6HW",
        "7KQF – 2MXD – 9R4T – B6HW",  # noqa: RUF001 - what a word processor makes of a hyphen
        "7KQF\n2MXD\n9R4T\nB6HW\n",
        f"verder met {CODE}.",
        f"code {CODE}",
        "code 7kqf 2mxd 9r4t b6hw graag",
        f"hallo, onze code: {CODE}; kun je daar verder mee",
        f"({CODE})",
    ],
)
def test_a_code_is_found_however_it_is_typed(text: str) -> None:
    assert find_code(text) == PLAIN


def test_letters_that_look_like_a_digit_are_read_as_that_digit() -> None:
    assert (
        find_code("7KQO-2MXI-9R4L-B6HW") == find_code("7KQ0-2MX1-9R41-B6HW") == "7KQ02MX19R41B6HW"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "verder",
        "wie is verantwoordelijk daarvoor",
        "maar voor deze week",
        "deze code doet niks",
        "7KQF-2MXD-9R4T-B6H",
        "7KQF-2MXD-9R4T-B6HWX",
        "X7KQF-2MXD-9R4T-B6HW",
        "7KQF-2MXD-9R4T-B6UW",
        "NL91 ABNA 0417 1643 00",
        "de periode 2022 tot 2026",
    ],
)
def test_other_text_holds_no_code(text: str) -> None:
    assert find_code(text) is None


def test_the_hash_does_not_depend_on_how_the_code_was_typed() -> None:
    hashes = {code_hash(text) for text in (CODE, PLAIN, CODE.lower(), "7kqf 2mxd 9r4t b6hw")}
    assert len(hashes) == 1


def test_the_hash_does_not_hold_the_code() -> None:
    hashed = code_hash(CODE)
    assert len(hashed) == 64
    assert PLAIN.lower() not in hashed
    assert hashed != code_hash("8KQF-2MXD-9R4T-B6HW")
