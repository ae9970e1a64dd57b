"""The settings of the Teams channel: who the bot is at Microsoft, and where Microsoft is."""

import re
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from ebw.environment import LOOPBACK, SettingsError, read_address, read_addresses, read_secret

_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_CONVERSATION = re.compile(r"19:[\w.-]{1,200}@thread\.(?:tacv2|skype|v2)", re.ASCII)
_ON = "1"
_SERVICE = "https://smba.trafficmanager.net"
_OPENID = "https://login.botframework.com/v1/.well-known/openidconfiguration"
# Where Azure says it when the program runs there: App Service sets two variables, a virtual machine
# has this address ("How to use managed identities", learn.microsoft.com).
_IDENTITY_OF_MACHINE = "http://169.254.169.254/metadata/identity/oauth2/token"


@dataclass(frozen=True, slots=True)
class AdviceConversation:
    """The advisers' channel: its id, and the address of the service that it is reached by."""

    id: str
    service_url: str


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """An Azure bot of one tenant, with a client secret or a managed identity; or the Playground.

    `issuer` signs what comes in, and is what our own tokens are for. `token_url` gives these: to
    `app_password`, or without one to who asks from this machine. `service_urls` are the origins
    that may be answered. `advice` is where requests for advice go, and the only place where they
    are taken up.
    """

    app_id: str = ""
    tenant_id: str = ""
    app_password: str | None = field(default=None, repr=False)
    issuer: str = ""
    openid_url: str = ""
    token_url: str = ""
    identity_header: str | None = field(default=None, repr=False)
    service_urls: frozenset[str] = frozenset()
    playground: bool = False
    advice: AdviceConversation | None = None

    def may_answer(self, service_url: str) -> bool:
        """Tell whether answers may go to `service_url`; the Playground is on this machine."""
        parts = urlsplit(service_url)
        if self.playground:
            return parts.hostname in LOOPBACK
        return f"{parts.scheme}://{parts.netloc}" in self.service_urls


def read_teams(environment: dict[str, str], host: str) -> TeamsSettings | None:
    """Return the settings of the channel, for a server that listens on `host`; None when it is off.

    Raises SettingsError when one is missing or wrong, and when the Playground, which sends no
    token, would be let in on more than this machine.
    """
    app_id = environment.get("EBW_TEAMS_APP_ID")
    if environment.get("EBW_TEAMS_PLAYGROUND") == _ON:
        return _playground(app_id, host)
    if not app_id and environment.get("EBW_ADVICE_TEAMS_CONVERSATION"):
        message = "EBW_ADVICE_TEAMS_CONVERSATION kan niet zonder EBW_TEAMS_APP_ID."
        raise SettingsError(message)
    if not app_id:
        return None
    tenant = environment.get("EBW_TEAMS_TENANT_ID") or ""
    for name, value in (("EBW_TEAMS_APP_ID", app_id), ("EBW_TEAMS_TENANT_ID", tenant)):
        if not _GUID.fullmatch(value):
            message = f"{name} moet een id van Microsoft zijn: 32 tekens, met streepjes ertussen."
            raise SettingsError(message)
    password = read_secret(environment, "EBW_TEAMS_APP_PASSWORD")
    if bool(password) == (environment.get("EBW_TEAMS_MANAGED_IDENTITY") == _ON):
        message = "Kies voor Teams EBW_TEAMS_APP_PASSWORD, of anders EBW_TEAMS_MANAGED_IDENTITY=1."
        raise SettingsError(message)
    identity_url = environment.get("IDENTITY_ENDPOINT") or _IDENTITY_OF_MACHINE
    tenants_url = f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
    services = read_addresses(environment, "EBW_TEAMS_SERVICE_URLS", _SERVICE)
    chosen = TeamsSettings(
        app_id=app_id,
        tenant_id=tenant,
        app_password=password,
        issuer=read_address(environment, "EBW_TEAMS_ISSUER", "https://api.botframework.com"),
        openid_url=read_address(environment, "EBW_TEAMS_OPENID_URL", _OPENID),
        token_url=(
            read_address(environment, "EBW_TEAMS_TOKEN_URL", tenants_url)
            if password
            else identity_url
        ),
        identity_header=environment.get("IDENTITY_HEADER"),
        service_urls=frozenset(url.rstrip("/") for url in services),
    )
    return replace(chosen, advice=_advice(environment, chosen))


def _advice(environment: dict[str, str], chosen: TeamsSettings) -> AdviceConversation | None:
    conversation = environment.get("EBW_ADVICE_TEAMS_CONVERSATION")
    if not conversation:
        return None
    if not _CONVERSATION.fullmatch(conversation):
        message = "EBW_ADVICE_TEAMS_CONVERSATION moet het id van een kanaal zijn: 19:…@thread.tacv2"
        raise SettingsError(message)
    service_url = read_address(environment, "EBW_ADVICE_TEAMS_SERVICE_URL", f"{_SERVICE}/emea/")
    if not chosen.may_answer(service_url):
        message = "EBW_ADVICE_TEAMS_SERVICE_URL moet een adres uit EBW_TEAMS_SERVICE_URLS zijn."
        raise SettingsError(message)
    return AdviceConversation(conversation, service_url)


def _playground(app_id: str | None, host: str) -> TeamsSettings:
    if host not in LOOPBACK:
        message = "EBW_TEAMS_PLAYGROUND mag alleen als EBW_HOST deze machine zelf is: 127.0.0.1."
        raise SettingsError(message)
    if app_id:
        message = "Kies voor Teams EBW_TEAMS_APP_ID, of anders EBW_TEAMS_PLAYGROUND; niet allebei."
        raise SettingsError(message)
    return TeamsSettings(playground=True)
