import pytest

from advice.priority import RULES, rule_for, says
from advice.request import Priority, Support, Urgency
from tests.advice.requests_made import a_request


@pytest.mark.parametrize(
    ("support", "urgency", "priority", "rule"),
    [
        (Support.EVALUATION, Urgency.WEEK, Priority.HIGH, "binnen-een-week"),
        (Support.MEETING, Urgency.WEEK, Priority.HIGH, "binnen-een-week"),
        (Support.MEETING, Urgency.MONTH, Priority.HIGH, "bijeenkomst-binnen-een-maand"),
        (Support.EVALUATION, Urgency.MONTH, Priority.NORMAL, "overig"),
        (Support.MEETING, Urgency.LATER, Priority.LOW, "later-dan-een-maand"),
        (Support.OTHER, Urgency.UNKNOWN, Priority.NORMAL, "overig"),
    ],
)
def test_the_first_rule_that_holds_gives_the_priority(
    support: Support, urgency: Urgency, priority: Priority, rule: str
) -> None:
    given = rule_for(a_request(support=support, urgency=urgency))
    assert (given.gives, given.name) == (priority, rule)


def test_who_asks_makes_no_difference() -> None:
    one = a_request(municipality=None, contact="0612345678", channel="teams", scan_id="x")
    assert rule_for(one) == rule_for(a_request())


def test_every_rule_says_why_under_a_name_of_its_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(says(rule.name) == rule.says for rule in RULES)
    assert says("een regel van vroeger") == ""
