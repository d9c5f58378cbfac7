"""Handing mails to a real SMTP server: what it takes, refuses for now or for good, and what never reaches it."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from khunjerab.stack.ports import free_port
from services.notify.adapters.smtp_postman import SmtpAccount, SmtpPostman
from services.notify.application.ports import Letter, Mail
from services.notify.domain.delivery import LATER, NEVER, TAKEN, Answer
from tests.integration.notify_mail_server import DROP, PASSWORD, USER, MailServer, only_signed_in
from tests.unit.notify.samples import NOW, person

LETTER = Letter("آپ کا دورہ طے ہو گیا", "متن\n", "<p>متن</p>", "ur")
MAIL = Mail("ntf_0123", "vis_4567", person("per_fatima", "ur"), LETTER, NOW)
ACCOUNT = SmtpAccount("127.0.0.1", 0, "Khunjerab <noreply@khunjerab.example>")


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer().running() as running:
        yield running


def postman_to(server: MailServer, timeout: float = 5.0) -> SmtpPostman:
    return SmtpPostman(replace(ACCOUNT, port=server.port), timeout)


def send(server: MailServer, mail: Mail = MAIL) -> Answer:
    postman = postman_to(server)
    try:
        return postman.send(mail)
    finally:
        postman.hang_up()


def test_a_mail_that_is_taken_comes_through_whole(server: MailServer) -> None:
    assert send(server) == Answer(TAKEN)
    (message,) = server.taken
    assert message["Subject"] == LETTER.subject
    assert str(message["To"]) == "فاطمہ بیگ <ur@hospital.example>"
    assert [part.get_content().strip() for part in message.iter_parts()] == ["متن", "<p>متن</p>"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("550 5.1.1 no such user", Answer(NEVER, "smtp 550 5.1.1", "5.1.1 no such user")),
        ("553 not here", Answer(NEVER, "smtp 553", "not here")),
        ("452 4.2.2 mailbox full", Answer(LATER, "smtp 452 4.2.2", "4.2.2 mailbox full")),
    ],
)
def test_a_recipient_may_be_refused_for_good_or_for_now(said: str, answer: Answer, server: MailServer) -> None:
    server.to_recipient = [said]
    assert send(server) == answer
    assert server.taken == []


@pytest.mark.parametrize(("said", "verdict"), [("451 4.7.1 greylisted", LATER), ("554 5.7.1 rejected", NEVER)])
def test_a_message_may_be_refused_for_good_or_for_now(said: str, verdict: str, server: MailServer) -> None:
    server.to_message = [said]
    assert send(server).verdict == verdict


def test_one_refusal_does_not_spoil_the_next_mail(server: MailServer) -> None:
    server.to_recipient = ["550 5.1.1 no such user"]
    postman = postman_to(server)
    verdicts = [postman.send(MAIL).verdict, postman.send(MAIL).verdict]
    postman.hang_up()
    assert verdicts == [NEVER, TAKEN]
    assert server.connections == 1


def test_a_server_that_drops_the_line_amid_the_message_is_asked_again_later(server: MailServer) -> None:
    server.to_message = [DROP]
    answer = send(server)
    assert (answer.verdict, answer.server_away) == (LATER, True)


def test_a_conversation_that_the_server_ended_is_begun_anew(server: MailServer) -> None:
    postman = postman_to(server)
    postman.send(MAIL)
    server.to_message = [DROP]
    assert postman.send(MAIL) == Answer(TAKEN)
    postman.hang_up()
    assert len(server.taken) == 2


def test_where_nobody_listens_it_is_tried_later() -> None:
    answer = send(MailServer(port=free_port(set())))
    assert (answer.verdict, answer.reason, answer.server_away) == (LATER, "ConnectionRefusedError", True)


def test_a_name_that_leads_nowhere_is_no_fault_of_the_mail() -> None:
    answer = SmtpPostman(replace(ACCOUNT, host="nowhere.invalid", port=25), 2.0).send(MAIL)
    assert (answer.verdict, answer.server_away) == (LATER, True)


def test_an_address_that_is_none_never_reaches_the_server(server: MailServer) -> None:
    assert send(server, replace(MAIL, to=replace(MAIL.to, email="x@y.example\r\nRCPT TO:<z@y.example>"))) == Answer(
        NEVER, "bad-address"
    )
    assert server.connections == 0


def test_a_server_that_is_to_encrypt_and_cannot_gets_nothing(server: MailServer) -> None:
    answer = SmtpPostman(replace(ACCOUNT, port=server.port, starttls=True), 5.0).send(MAIL)
    assert (answer.verdict, answer.reason, answer.server_away) == (LATER, "not-supported", True)
    assert server.taken == []


@pytest.fixture
def certified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """TLS for `localhost`, by an authority that this process trusts."""
    if shutil.which("openssl") is None:
        pytest.skip("the program openssl makes the certificate, and is not there")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["-keyout", str(key), "-out", str(certificate), "-subj", "/CN=localhost", "-days", "2"]
    extension = ["-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *made, *extension], check=True, capture_output=True
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


@pytest.mark.parametrize(
    ("account", "taken"),
    [
        (replace(ACCOUNT, host="localhost", starttls=True, user=USER, password=PASSWORD), True),
        (replace(ACCOUNT, host="localhost", starttls=True, user=USER, password="a guess"), False),
        (replace(ACCOUNT, host="localhost", starttls=True), False),
        (replace(ACCOUNT, host="localhost", user=USER, password=PASSWORD), False),
        (replace(ACCOUNT, host="127.0.0.1", starttls=True, user=USER, password=PASSWORD), False),
    ],
    ids=["encrypted and signed in", "wrong password", "not signed in", "not encrypted", "another name than certified"],
)
def test_a_server_may_want_encryption_and_a_sign_in(
    account: SmtpAccount, taken: bool, certified: ssl.SSLContext
) -> None:
    with MailServer().running(**only_signed_in(certified)) as server:
        postman = SmtpPostman(replace(account, port=server.port), 5.0)
        answer = postman.send(MAIL)
        postman.hang_up()
    assert (answer.verdict == TAKEN) is taken
    assert len(server.taken) == int(taken)
    # How this service is set up is no reason to give a mail up.
    assert answer.verdict != NEVER
