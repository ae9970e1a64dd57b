"""Streets with a house number, and postcodes."""

import pytest

from privacy.redact import redact


@pytest.mark.parametrize(
    "address",
    [
        "Lindenlaan 48",
        "kerkstraat 12b",
        "Van Speykstraat 9-2",
        "Burgemeester van Tuyllkade 65",
        "1e Helmersstraat 55",
        "Dr. Schaepmanstraat 17",
        "Prins Bernhardlaan 22 bis",
        "Laan van Meerdervoort 1234",
        "Kastanjehof 3",
        "Plein 1944 nr 12",
    ],
)
def test_a_street_with_a_house_number_is_found(address: str) -> None:
    assert redact(f"bij {address}.").text == "bij [adres]."


@pytest.mark.parametrize(
    ("message", "redacted"),
    [
        ("adres: Spui 70", "adres: [adres]"),
        ("Op 't Zand 5 in 8411 GA zitten ze", "Op [adres] in [postcode] zitten ze"),
        ("hij woont in de Kanaalstraat", "hij woont in de [adres]"),
        ("huisnummer 12", "huisnummer [adres]"),
    ],
)
def test_a_home_is_found_by_what_stands_beside_it(message: str, redacted: str) -> None:
    assert redact(message).text == redacted


@pytest.mark.parametrize(
    "message",
    [
        "Een pilot in de Weimarstraat heeft 8 maanden geduurd.",
        "Aanpak Stationsplein 2023 is een deelproject.",
        "De Kanaalstraat-aanpak uit 2019",
        "in de Kerkstraat 12 jongeren gesproken",
        "het stadhuis aan de Coolsingel 40",
        "training 3 duurt 2 uur",
        "bladzijde 12, stap 5, fase 2, groep 8",
        "onderweg 2 keer gestopt",
    ],
)
def test_streets_in_policy_and_ranks_stay(message: str) -> None:
    assert redact(message).text == message


@pytest.mark.parametrize("postcode", ["2515 AL", "3027CV", "2593bj"])
def test_a_postcode_is_found(postcode: str) -> None:
    assert redact(f"ze zitten op {postcode} nu").text == "ze zitten op [postcode] nu"


def test_a_postcode_that_could_be_a_year_is_found_beside_an_address() -> None:
    assert redact("postcode 2023 KL").text == "postcode [postcode]"
    assert redact("Lindenlaan 4, 2023 KL").text == "[adres], [postcode]"


@pytest.mark.parametrize(
    "message", ["In 2024 OM en politie", "in 2022 zijn er 34 besproken", "1000en jongeren", "2801"]
)
def test_years_and_counts_are_no_postcode(message: str) -> None:
    assert redact(message).text == message
