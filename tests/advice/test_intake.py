import pytest

from advice.intake import LONGEST_SUBJECT, Intake, Step, Taken
from advice.request import Support, Urgency
from quickscan.scan import Municipality
from tests.advice.requests_made import CONTACT, DELFT, a_draft, a_request, said
from tests.builders import NOW, SCAN_ID

BERGEN = (Municipality("GM0893", "Bergen (L.)"), Municipality("GM0373", "Bergen (NH.)"))


def an_intake(step: Step = Step.MUNICIPALITY, **known: object) -> Intake:
    """Return an intake that asks `step`, with the rest answered."""
    request = a_request(status="draft", scan_id=SCAN_ID, shares_scan=True)
    for name, value in known.items():
        setattr(request, name, value)
    request.put_again = None if step is Step.CONFIRM else step.value
    return Intake(request)


def test_what_is_missing_is_asked_in_a_fixed_order() -> None:
    intake, asked = Intake(a_draft(scan_id=SCAN_ID)), []
    for answer in [
        said("Delft", municipalities=(DELFT,)),
        said("onze aanpak van jongeren"),
        said(choice="plan_onderbouwen"),
        said(choice="week"),
        said(agrees=True),
        said(CONTACT),
        said(agrees=False),
    ]:
        asked.append(intake.step)
        assert intake.take(answer) is Taken.GOES_ON
    assert [*asked, intake.step] == list(Step)
    assert intake.request == a_draft(
        municipality=DELFT,
        subject="onze aanpak van jongeren",
        support=Support.PLAN,
        urgency=Urgency.WEEK,
        consented_at=NOW,
        contact=CONTACT,
        scan_id=SCAN_ID,
        shares_scan=False,
    )
    assert intake.take(said(agrees=True)) is Taken.CONFIRMED


def test_without_a_quickscan_it_is_not_asked_for() -> None:
    assert Step.SCAN not in Intake(a_draft()).steps


def test_what_the_first_message_says_is_not_asked_again() -> None:
    intake = Intake(a_draft())
    intake.begin(
        said("een workshop over theater", municipalities=(DELFT,), interventions=("theater",))
    )
    assert intake.step is Step.URGENCY
    assert intake.request.subject == "een workshop over theater"
    assert intake.request.interventions == ("theater",)
    assert intake.request.support is Support.MEETING


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("ik wil iemand spreken", None),
        ("kan iemand meedenken over onze borging?", "kan iemand meedenken over onze borging?"),
    ],
)
def test_a_first_message_gives_the_subject_when_it_names_one(
    text: str, subject: str | None
) -> None:
    intake = Intake(a_draft())
    intake.begin(said(text))
    assert intake.request.subject == subject


def test_a_first_message_with_two_municipalities_leaves_it_to_be_asked() -> None:
    intake = Intake(a_draft())
    intake.begin(said("in Bergen", municipalities=BERGEN))
    assert intake.step is Step.MUNICIPALITY


def test_the_municipality_may_stay_unsaid() -> None:
    intake = Intake(a_draft())
    assert intake.take(said("sla over", passes=True)) is Taken.GOES_ON
    assert intake.step is Step.SUBJECT
    assert intake.request.municipality is None


def test_a_name_of_two_municipalities_is_asked_back() -> None:
    intake = Intake(a_draft())
    assert intake.take(said("Bergen", municipalities=BERGEN)) is Taken.WHICH_MUNICIPALITY
    assert intake.step is Step.MUNICIPALITY


def test_a_subject_loses_personal_data_and_length() -> None:
    intake = an_intake(Step.SUBJECT)
    assert intake.take(said("bel Fatima Yilmaz op 06-12345678 over borging")) is Taken.REDACTED
    assert "Yilmaz" not in intake.request.subject
    assert "12345678" not in intake.request.subject
    intake.ask_again(Step.SUBJECT)
    intake.take(said(f"{'woord ' * 82}0612345678 bellen"))
    assert len(intake.request.subject) <= LONGEST_SUBJECT
    assert "0612" not in intake.request.subject  # cut before it was removed, it would still be here


@pytest.mark.parametrize(
    ("text", "understood", "taken"),
    [
        ("borging", {}, Taken.UNCLEAR),
        ("theater", {"interventions": ("theater",)}, Taken.GOES_ON),
        ("dat alles beter gaat", {"themes": ("visie",)}, Taken.GOES_ON),
        ("", {"choice": "week"}, Taken.UNCLEAR),
    ],
)
def test_a_subject_is_more_than_a_word(text: str, understood: dict, taken: Taken) -> None:
    assert an_intake(Step.SUBJECT).take(said(text, **understood)) is taken


def test_a_word_that_is_said_twice_is_the_subject() -> None:
    intake = an_intake(Step.SUBJECT)
    assert [intake.take(said("borging")) for _ in range(2)] == [Taken.UNCLEAR, Taken.GOES_ON]
    intake.ask_again(Step.SUBJECT)
    assert [intake.take(said("")) for _ in range(2)] == [Taken.UNCLEAR] * 2


def test_what_fits_no_kind_of_support_or_term_is_asked_again() -> None:
    for step in (Step.SUPPORT, Step.URGENCY):
        intake = an_intake(step)
        assert intake.take(said("paars")) is Taken.UNCLEAR
        assert (intake.step, intake.request.unclear) == (step, 1)
        assert intake.take(said("weet ik niet", passes=True)) is Taken.GOES_ON
        assert intake.request.unclear == 0
    assert intake.request.urgency is Urgency.UNKNOWN


def test_a_refusal_of_consent_keeps_no_address() -> None:
    intake = Intake(a_request(consented_at=None, contact=None))
    assert intake.take(said("nee, hier is j@delft.nl", agrees=False)) is Taken.REFUSED
    assert intake.request.contact is None


def test_contact_data_is_only_taken_after_consent() -> None:
    intake = Intake(a_request(consented_at=None, contact=None))
    assert intake.take(said("hoezo?")) is Taken.UNCLEAR
    assert intake.request.consented_at is None
    intake.take(said("ja", agrees=True))
    assert (intake.request.consented_at, intake.request.contact) == (NOW, None)
    assert intake.step is Step.CONTACT


def test_an_address_is_no_consent() -> None:
    intake = Intake(a_request(consented_at=None, contact=None))
    assert intake.take(said(f"mail naar {CONTACT}")) is Taken.NO_CONSENT
    assert (intake.request.consented_at, intake.request.contact) == (None, None)
    assert intake.take(said(f"prima, {CONTACT}", agrees=True)) is Taken.GOES_ON
    assert (intake.request.consented_at, intake.request.contact) == (NOW, CONTACT)


def test_a_private_address_is_asked_back_and_not_kept() -> None:
    intake = an_intake(Step.CONTACT, contact=None)
    assert intake.take(said("jan@gmail.com")) is Taken.PRIVATE_ADDRESS
    assert intake.request.contact is None
    assert intake.take(said("bel maar")) is Taken.UNCLEAR
    assert intake.take(said("0612345678")) is Taken.GOES_ON


def test_back_puts_the_question_before_and_then_goes_on_where_it_was() -> None:
    intake = Intake(a_draft(municipality=DELFT, subject="iets"))
    assert intake.step is Step.SUPPORT
    assert intake.back()
    assert intake.step is Step.SUBJECT
    assert intake.back()
    assert intake.step is Step.MUNICIPALITY
    assert not intake.back()
    intake.take(said("Delft", municipalities=(DELFT,)))
    assert intake.step is Step.SUPPORT


def test_an_answer_is_changed_before_it_is_sent() -> None:
    intake = an_intake(Step.CONFIRM)
    assert intake.take(said("nee", agrees=False)) is Taken.CHANGES
    assert intake.changes_in("nee, de gemeente klopt niet") is Step.MUNICIPALITY
    assert intake.changes_in("nee") is None
    intake.ask_again(Step.URGENCY)
    intake.take(said(choice="week"))
    assert intake.step is Step.CONFIRM
    assert intake.take(said("hm")) is Taken.UNCLEAR


def test_only_what_was_answered_can_be_changed() -> None:
    assert Intake(a_draft(municipality=DELFT)).changeable == [Step.MUNICIPALITY]
    assert Step.CONSENT not in an_intake(Step.CONFIRM).changeable


def test_a_button_of_an_earlier_question_or_request_can_be_told() -> None:
    asks = {
        Intake(a_draft(number=number, municipality=place)).ask
        for number in (10_001, 10_002)
        for place in (None, DELFT)
    }
    assert len(asks) == 4
