"""The route by e-mail: one message per request, over SMTP."""

import smtplib
import ssl
from contextlib import closing, suppress
from email.message import EmailMessage
from email.utils import formatdate

from advice.delivery import UndeliverableError, essentials
from advice.request import Request
from ebw.settings_advice import AdviceSettings

TIME_LIMIT_SECONDS = 10
_SUBJECT = "Adviesverzoek {number} ({priority})"
_INTRO = "Via de EBW-assistent kwam dit verzoek om advies binnen."
_OUTRO = (
    "Oppakken: ebw requests claim {number} --by NAAM\n"
    "Afsluiten: ebw requests close {number} --by NAAM"
)


class MailRoute:
    """Sends a request to the advisers' mailbox."""

    name = "e-mail"

    def __init__(self, chosen: AdviceSettings) -> None:
        """Take the server and the addresses from the settings."""
        self._chosen = chosen

    def deliver(self, request: Request) -> None:
        """Send the request; raises UndeliverableError when the server does not take it.

        The message has the same id at every attempt: should the server have taken it and the
        connection broken before it said so, mailboxes can tell that it is the same.
        """
        try:
            server = self._server()
            with closing(server):
                server.send_message(self._message(request))
                with suppress(OSError, smtplib.SMTPException):  # it has the message by now
                    server.quit()
        except (OSError, smtplib.SMTPException) as error:
            # What the server says may hold the message's words: only its kind is told.
            raise UndeliverableError(type(error).__name__) from None

    def _server(self) -> smtplib.SMTP:
        chosen, secure = self._chosen, ssl.create_default_context()
        server: smtplib.SMTP
        if chosen.tls == "tls":
            server = smtplib.SMTP_SSL(
                chosen.host, chosen.port, timeout=TIME_LIMIT_SECONDS, context=secure
            )
        else:
            server = smtplib.SMTP(chosen.host, chosen.port, timeout=TIME_LIMIT_SECONDS)
        try:
            if chosen.tls == "starttls":
                server.starttls(context=secure)
            if chosen.user and chosen.password:
                server.login(chosen.user, chosen.password)
        except BaseException:
            server.close()
            raise
        return server

    def _message(self, request: Request) -> EmailMessage:
        message = EmailMessage()
        message["Subject"] = _SUBJECT.format(number=request.number, priority=request.priority)
        message["From"] = self._chosen.sender
        message["To"] = ", ".join(self._chosen.receivers)
        message["Date"] = formatdate(localtime=True)
        domain = self._chosen.sender.partition("@")[2]
        message["Message-ID"] = f"<adviesverzoek-{request.number}@{domain}>"
        lines = [f"{label}: {value}" for label, value in essentials(request)]
        text = [_INTRO, "", *lines, "", _OUTRO.format(number=request.number)]
        message.set_content("\n".join(text))
        return message
