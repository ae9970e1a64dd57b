import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from advice import mail
from advice.delivery import UndeliverableError, deliver_waiting
from advice.mail import MailRoute
from ebw.settings_advice import AdviceSettings
from storage import requests
from storage.database import transaction
from tests.advice.mail_server import HOST, PASSWORD, USER, mail_server, make_certificate
from tests.advice.requests_made import CONTACT, a_request, found, stored
from tests.builders import NOW
from tests.conversations.servers import free_port


@pytest.fixture
def port() -> int:
    """Give a port for the mail server."""
    return free_port()


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a certificate of this machine that OpenSSL trusts for the length of the test."""
    file = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return file


def route(port: int, tls: str = "geen", user: str | None = None, password: str = "") -> MailRoute:
    """Return a route to the server on `port`."""
    return MailRoute(
        AdviceSettings(
            host=HOST,
            port=port,
            tls=tls,
            user=user,
            password=password or None,
            sender="ebw@example.nl",
            receivers=("advies@example.nl", "wacht@example.nl"),
        )
    )


@contextmanager
def hanging_server(port: int) -> Iterator[None]:
    """Accept connections on `port`, and say nothing."""
    with socket.create_server(("127.0.0.1", port)):
        yield


@contextmanager
def server_that_hangs_up(port: int) -> Iterator[list[bytes]]:
    """Take one message on `port`, and break the connection instead of saying goodbye."""
    taken: list[bytes] = []

    def serve(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 hello\r\n")
            for line in lines:
                command = line.split()[0].upper()
                if command == b"QUIT":
                    return
                if command == b"DATA":
                    connection.sendall(b"354 go on\r\n")
                    taken.extend(iter(lines.readline, b".\r\n"))
                connection.sendall(b"250 OK\r\n")

    with socket.create_server(("127.0.0.1", port)) as listening:
        thread = threading.Thread(target=serve, args=(listening,), daemon=True)
        thread.start()
        yield taken
        thread.join(5)


def test_a_request_is_mailed_with_its_essentials_and_no_contact_in_the_subject(port: int) -> None:
    request = a_request()
    with mail_server(port) as mailbox:
        route(port).deliver(request)
    [message] = mailbox.messages
    assert message["Subject"] == f"Adviesverzoek {request.number} (gewoon)"
    assert mailbox.receivers == [["advies@example.nl", "wacht@example.nl"]]
    text = message.get_content()
    assert f"Contact: {CONTACT}" in text
    assert "Onderwerp: onze theatervoorstelling evalueren" in text
    assert f"ebw requests claim {request.number}" in text


def test_a_second_attempt_is_known_as_the_same_message(port: int) -> None:
    with mail_server(port) as mailbox:
        route(port).deliver(a_request())
        route(port).deliver(a_request())
        route(port).deliver(a_request(number=54_321))
    first, again, other = (message["Message-ID"] for message in mailbox.messages)
    assert first == again != other


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_mail_goes_over_tls_with_a_password(port: int, certificate: Path, tls: str) -> None:
    with mail_server(port, certificate=certificate, tls=tls, auth=tls == "starttls") as mailbox:
        route(port, tls, *((USER, PASSWORD) if tls == "starttls" else ())).deliver(a_request())
    assert len(mailbox.messages) == 1


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_certificate_that_is_not_trusted_is_not_sent_to(
    port: int, certificate: Path, monkeypatch: pytest.MonkeyPatch, tls: str
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    not_verified = pytest.raises(UndeliverableError, match="SSLCertVerificationError")
    with mail_server(port, certificate=certificate, tls=tls) as mailbox, not_verified:
        route(port, tls).deliver(a_request())
    assert mailbox.messages == []


def test_a_server_without_tls_gets_nothing_when_tls_is_asked(port: int) -> None:
    with mail_server(port) as mailbox, pytest.raises(UndeliverableError):
        route(port, "starttls").deliver(a_request())
    assert mailbox.messages == []


def test_a_wrong_password_or_a_refusal_is_told_without_its_words(
    port: int, certificate: Path
) -> None:
    locked = mail_server(port, certificate=certificate, tls="starttls", auth=True)
    with locked, pytest.raises(UndeliverableError, match="^SMTPAuthenticationError$"):
        route(port, "starttls", USER, "fout-wachtwoord").deliver(a_request())
    with mail_server(port) as mailbox:
        mailbox.refuses = True
        with pytest.raises(UndeliverableError, match="^SMTPDataError$"):
            route(port).deliver(a_request())


def test_a_server_that_is_away_or_silent_is_given_up(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UndeliverableError, match="ConnectionRefusedError"):
        route(port).deliver(a_request())
    monkeypatch.setattr(mail, "TIME_LIMIT_SECONDS", 0.2)
    with hanging_server(port), pytest.raises(UndeliverableError, match="Disconnected"):
        route(port).deliver(a_request())


def test_a_message_that_was_taken_counts_as_sent_though_the_connection_broke(port: int) -> None:
    with server_that_hangs_up(port) as taken:
        route(port).deliver(a_request())
    assert any(CONTACT.encode() in line for line in taken)


def test_a_server_that_comes_back_gets_the_request_once(database: Engine, port: int) -> None:
    [number] = stored(a_request())
    assert deliver_waiting([route(port)]) == 0
    with mail_server(port) as mailbox:
        with transaction() as connection:
            requests.postpone_delivery(connection, number, NOW)  # the wait is over
        assert deliver_waiting([route(port)]) == 1
        assert deliver_waiting([route(port)]) == 0
    assert len(mailbox.messages) == 1
    assert found(number).delivered_by == "e-mail"
