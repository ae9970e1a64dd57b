"""Birth dates."""

import pytest

from privacy.redact import redact


@pytest.mark.parametrize(
    "message",
    [
        "geboren op 3-5-2007",
        "geb. 22.06.2003",
        "Geboortedatum: 01/09/2009",
        "geboren in Beiroet op 5 mei '99",
        "hij werd op 13 december 2007 geboren",
        "12 januari 1991 is zijn geboortedag",
        "hij is jarig op 5 mei",
        "zij wordt 18 op 12 december",
        "gebdat 01051990",
        "Esra Toprak, 19-10-2007",
        "Esra Toprak (3 mei 1998)",
        "17 jaar (30-11-2008)",
    ],
)
def test_a_birth_date_is_found(message: str) -> None:
    assert "birthdate" in redact(message).kinds


@pytest.mark.parametrize(
    "message",
    [
        "De bijeenkomst is op 12-03-2026 in het stadhuis.",
        "het overleg van 22/9",
        "geboren in 2008",
        "een jongen van 16 jaar",
        "In gebruik genomen op 26 augustus 2019",
        "Plan v3, d.d. 02-05-2003, blz. 14",
        "ik ben vandaag jarig",
        "jongeren van 16 tot 23 jaar",
    ],
)
def test_other_dates_years_and_ages_stay(message: str) -> None:
    assert redact(message).text == message


def test_the_date_of_a_meeting_with_someone_stays() -> None:
    assert redact("Fatima, 12-03-2026 om 10 uur").text == "[naam], 12-03-2026 om 10 uur"
