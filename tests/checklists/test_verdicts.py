import pytest

from checklists.course import Verdict
from checklists.verdicts import remark_with, verdict_in


@pytest.mark.parametrize(
    "text",
    ["n.v.t.", "nvt", "NVT", "niet van toepassing", "dat is niet van toepassing", "niet relevant"],
)
def test_what_does_not_apply_is_read(text: str) -> None:
    assert verdict_in(text) is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    "text",
    [
        "later",
        "Later.",
        "doe dat later",
        "zoek ik later uit",
        "dat zoeken we nog uit",
        "later uitzoeken",
    ],
)
def test_what_is_for_later_is_read(text: str) -> None:
    assert verdict_in(text) is Verdict.LATER


@pytest.mark.parametrize(
    "text",
    ["ja", "nee, later misschien", "ik ga later verder", "pauze", "later verder", "", "deels"],
)
def test_other_messages_give_no_such_verdict(text: str) -> None:
    assert verdict_in(text) is None


def test_a_remark_may_follow_what_does_not_apply() -> None:
    assert remark_with("nvt, wij hebben geen theater") == "wij hebben geen theater"
    assert remark_with("n.v.t.") is None
