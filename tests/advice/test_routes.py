from pathlib import Path

from advice.mail import MailRoute
from advice.routes import routes_of
from bot.channels.slack_requests import SlackRoute
from bot.channels.teams_requests import TeamsRoute
from ebw.settings import read_settings

MAIL = {
    "EBW_SMTP_HOST": "mail.example.nl",
    "EBW_ADVICE_FROM": "ebw@example.nl",
    "EBW_ADVICE_TO": "advies@example.nl",
}
SLACK = {"EBW_SLACK_SIGNING_SECRET": "s", "EBW_SLACK_BOT_TOKEN": "t"}
TEAMS = {
    "EBW_TEAMS_APP_ID": "11111111-1111-1111-1111-111111111111",
    "EBW_TEAMS_TENANT_ID": "22222222-2222-2222-2222-222222222222",
    "EBW_TEAMS_APP_PASSWORD": "p",
}
ADVISERS = {
    "EBW_ADVICE_SLACK_CHANNEL": "C1",
    "EBW_ADVICE_TEAMS_CONVERSATION": "19:adviseurs@thread.tacv2",
}


def test_without_a_mail_server_or_a_channel_there_is_no_route() -> None:
    assert routes_of(read_settings({**SLACK, **TEAMS})) == []


def test_a_mail_server_makes_a_route() -> None:
    [route] = routes_of(read_settings(MAIL))
    assert isinstance(route, MailRoute)


def test_a_channel_where_a_request_can_be_taken_up_goes_before_mail(tmp_path: Path) -> None:
    every = {"EBW_DATA_DIR": str(tmp_path), **MAIL, **SLACK, **TEAMS, **ADVISERS}
    kinds = [type(route) for route in routes_of(read_settings(every))]
    assert kinds == [TeamsRoute, SlackRoute, MailRoute]
