"""Whatever users do: what is stored is what was acknowledged, and they know what is asked."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conversations.chat import Chat
from tests.conversations.servers import Assistant, session_id_of
from tests.conversations.walking import Walk

STEPS = 25
AT_ONCE = 4
SHOWN = 3


@pytest.mark.parametrize(
    ("assistant", "seeds"),
    [
        ("sqlite", range(100)),
        ("sqlite", range(100, 200)),
        ("postgresql", range(200, 240)),
    ],
    indirect=["assistant"],
    ids=str,
)
def test_whatever_users_do_the_stored_answers_are_the_acknowledged_ones(
    assistant: Assistant, seeds: range
) -> None:
    walks = [Walk(Chat(assistant), seed) for seed in seeds]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        faults = [fault for fault in pool.map(lambda walk: walk.fault(STEPS), walks) if fault]
    assert not faults, f"{len(faults)} walks failed\n" + "\n\n".join(faults[:SHOWN])
    assert _exported(assistant, walks) == {
        scan: answers for walk in walks for scan, answers in walk.acknowledged.items()
    }


def _exported(assistant: Assistant, walks: list[Walk]) -> dict:
    """Return, for each scan of these walks, the answers that `ebw results export` gives."""
    sessions = {session_id_of(walk.chat.sender) for walk in walks}
    results = [json.loads(line) for line in assistant.ebw("results", "export").splitlines()]
    return {
        result["result_id"]: {
            a["question"]: (a["answer"], a["explanation"]) for a in result["answers"]
        }
        for result in results
        if result["session_id"] in sessions
    }
