from enum import StrEnum

import pytest

from advice.request import SPOKEN, Status, Support, Urgency
from tests.advice.requests_made import CONTACT, a_request


def test_a_request_that_is_printed_does_not_show_the_contact_data() -> None:
    assert CONTACT not in repr(a_request())


@pytest.mark.parametrize("kind", [Status, Support, Urgency])
def test_every_value_has_a_name_of_its_own_in_dutch(kind: type[StrEnum]) -> None:
    names = [SPOKEN[value] for value in kind]
    assert len(set(names)) == len(names)
