"""The routes along which requests reach advisers; another one is added here."""

from advice.delivery import Route
from advice.mail import MailRoute
from bot.channels.slack_requests import SlackRoute
from bot.channels.teams_requests import TeamsRoute
from bot.channels.web_sessions import read_secret
from ebw.settings import Settings


def routes_of(chosen: Settings) -> list[Route]:
    """Return the routes that are set up, the one to try first in front.

    That is a channel where advisers can take a request up with a button; e-mail when that fails.
    """
    routes: list[Route] = []
    if chosen.teams and chosen.teams.advice:
        routes.append(TeamsRoute(chosen.teams, chosen.teams.advice, _secret(chosen)))
    if chosen.slack and chosen.slack.advice_channel:
        routes.append(SlackRoute(chosen.slack, _secret(chosen)))
    if chosen.advice:
        routes.append(MailRoute(chosen.advice))
    return routes


def _secret(chosen: Settings) -> bytes:
    return read_secret(chosen.web_secret, chosen.data_dir)
