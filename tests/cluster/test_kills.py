"""At each question a server is killed, while the answer to that question is being worked on."""

from deploy.cluster import Cluster
from tests.cluster.gates import Moment
from tests.cluster.kills import KINDS, QUESTIONS, KillScan, plan

# Kills each of the four at each of the three moments.
SEED = 12221


def test_no_kill_loses_or_doubles_an_answer_or_leaves_a_user_without_reply(
    cluster: Cluster,
) -> None:
    kills = KillScan(cluster, SEED).run()
    assert [kill.question for kill in kills] == list(range(1, QUESTIONS + 1))
    assert [kill for kill in kills if not kill.caught] == []
    assert set(plan(SEED)) == {(kind, moment) for kind in KINDS for moment in Moment}
    assert "Traceback" not in "".join(
        cluster.log_file(name).read_text() for name in cluster.layout.names
    )
