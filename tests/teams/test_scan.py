"""A quickscan in Teams."""

from tests.teams.servers import TeamsUser

WHOLE_SCAN = 26


def test_a_whole_quickscan_is_done_by_clicks(user: TeamsUser) -> None:
    said = user.start()
    for number in range(1, WHOLE_SCAN + 1):
        assert f"Vraag {number} van {WHOLE_SCAN}" in said[-1].text
        assert list(said[-1].choices) == ["Ja", "Deels", "Nee", "Weet ik niet", "Uitleg"]
        said = user.click(("Ja", "Deels", "Nee", "Weet ik niet")[number % 4])
    user.click("Klopt, rond af")
    scan = user.scan
    assert scan
    assert not scan.is_active
    assert len(scan.answers) == WHOLE_SCAN
