from datetime import date

import pytest

from advice.reading import contact_in, is_private, masked, support_in, urgency_in
from advice.request import Support, Urgency

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("uitleg over de toolkit", Support.EXPLANATION),
        ("ons PvA", Support.PLAN),
        ("het plan van aanpak onderbouwen", Support.PLAN),
        ("een evaluatie opzetten", Support.EVALUATION),
        ("we willen de training evalueren", Support.EVALUATION),
        ("Doorontwikkelen", Support.DEVELOPMENT),
        ("een workshop voor het team", Support.MEETING),
        ("een bijeenkomst over evaluatie", Support.MEETING),
        ("iets anders", Support.OTHER),
        ("geen van deze", Support.OTHER),
        ("we doen het nu anders dan vroeger", None),
        ("uitleg over ons plan van aanpak", None),
        ("paars", None),
    ],
)
def test_the_kind_of_support_is_read_when_only_one_is_named(
    text: str, kind: Support | None
) -> None:
    assert support_in(text) is kind


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        *(("morgen", Urgency.WEEK), ("zo snel mogelijk", Urgency.WEEK), ("spoed", Urgency.WEEK)),
        *(("volgende week", Urgency.WEEK), ("binnen een week", Urgency.WEEK)),
        *(("over 3 dagen", Urgency.WEEK), ("voor 29 november", Urgency.WEEK)),
        *(("over twee weken", Urgency.MONTH), ("binnen een maand", Urgency.MONTH)),
        *(("30 november", Urgency.MONTH), ("23-12", Urgency.MONTH), ("deze maand", Urgency.MONTH)),
        ("eind november", Urgency.MONTH),
        *(("24-12", Urgency.LATER), ("1 mei", Urgency.LATER), ("21 november", Urgency.LATER)),
        *(("over een paar maanden", Urgency.LATER), ("geen haast", Urgency.LATER)),
        *(("geen spoed", Urgency.LATER), ("volgend jaar", Urgency.LATER), ("later", Urgency.LATER)),
        *(("31 februari", None), ("paars", None), ("een weekje", None)),
    ],
)
def test_the_term_is_read_from_words_spans_and_dates(text: str, urgency: Urgency | None) -> None:
    assert urgency_in(text, TODAY) is urgency


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("mail j.jansen@delft.nl maar", "j.jansen@delft.nl"),
        ("veiligheid@gemeente-delft.nl.", "veiligheid@gemeente-delft.nl"),
        ("bel 06 12 34 56 78", "0612345678"),
        ("06-12345678", "0612345678"),
        ("(015) 260 22 22", "0152602222"),
        ("+31 6 12345678", "0612345678"),
        ("+31 (0)15 2602222", "0152602222"),
        ("0031612345678", "0612345678"),
        ("0612345678 of a@delft.nl", "a@delft.nl, 0612345678"),
        ("12345678", None),
        ("0612345678901", None),
        ("bel me maar", None),
        ("@delft", None),
    ],
)
def test_an_address_or_a_number_is_read(text: str, contact: str | None) -> None:
    assert contact_in(text) == contact


def test_an_address_of_a_private_mailbox_is_told_apart() -> None:
    assert is_private("jan@gmail.com")
    assert is_private("jan@hotmail.nl")
    assert not is_private("j.jansen@delft.nl")
    assert not is_private("jan@gmail.com, 0612345678")
    assert not is_private("0612345678")


def test_a_masked_contact_cannot_be_used() -> None:
    assert masked("j.jansen@delft.nl, 0612345678") == "j…@delft.nl, …678"
