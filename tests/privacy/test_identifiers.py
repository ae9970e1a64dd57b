"""Numbers of cases, pupils, passports and cars."""

import pytest

from privacy.redact import redact


@pytest.mark.parametrize(
    ("before", "number"),
    [
        ("zaaknummer", "2024-118-CTER"),
        ("zaaknr.", "Z2025-00418"),
        ("casusnummer", "C24.0093"),
        ("casus", "2025-0047"),
        ("casus", "2024-17"),
        ("dossiernummer", "ZVH-23-0871"),
        ("parketnummer", "05/123456-22"),
        ("PV-nummer", "PL1500-2025034567"),
        ("V-nummer is", "2876543210"),
        ("cliëntnummer", "88123"),
    ],
)
def test_a_case_number_is_found(before: str, number: str) -> None:
    assert redact(f"{before} {number} staat open").text == f"{before} [zaaknummer] staat open"


@pytest.mark.parametrize(
    "message",
    [
        "casus 3 van de 12",
        "dossier 36 225 ligt bij de Eerste Kamer",
        "dossier radicalisering 2022-2026",
        "casus 2024",
        "het zaaknummer is nog niet bekend, vraag 12 ook niet",
        "zaak van belang",
    ],
)
def test_ranks_years_and_bills_are_no_case_number(message: str) -> None:
    assert redact(message).text == message


def test_the_number_of_a_pupil_is_found() -> None:
    assert redact("leerlingnummer 204871 is afwezig").kinds == ("student_number",)
    assert redact("studentnummer s2204871").text == "studentnummer [leerlingnummer]"


def test_the_number_of_a_passport_is_found() -> None:
    assert redact("paspoortnummer NSFR3C5D2").text == "paspoortnummer [documentnummer]"


@pytest.mark.parametrize(
    "plate", ["XX-123-X", "1-XYZ-23", "AB-12-CD", "54-xt-bp", "8-KJL-42", "61-NK-HV", "R-808-FX"]
)
def test_a_licence_plate_is_found(plate: str) -> None:
    assert redact(f"de auto {plate} reed weg").text == "de auto [kenteken] reed weg"


def test_a_licence_plate_without_hyphens_is_found_when_it_is_called_that() -> None:
    assert redact("kenteken AB12CD").text == "kenteken [kenteken]"
    assert redact("met nummerbord XT 482 B").text == "met nummerbord [kenteken]"


@pytest.mark.parametrize(
    "message", ["op 3-mei-25", "zie bijlage AB-12-34", "AB-12", "50-50", "A12"]
)
def test_dates_and_annexes_are_no_licence_plate(message: str) -> None:
    assert redact(message).text == message
