"""Handing mails to a real SMTP server: what it takes, refuses for now or for good, and what never reaches it."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from khunjerab.stack.ports import free_port
from services.notify.adapters.bounces import ReturnAddress
from services.notify.adapters.smtp_account import IMPLICIT, PLAIN, STARTTLS, SmtpAccount
from services.notify.adapters.smtp_postman import SmtpPostman
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
        ("550 5.1.1 no such user", Answer(NEVER, "smtp 550 5.1.1", "5.1.1 no such user", nobody_is_there=True)),
        ("553 not here", Answer(NEVER, "smtp 553", "not here")),
        ("452 4.2.2 mailbox full", Answer(LATER, "smtp 452 4.2.2", "4.2.2 mailbox full")),
    ],
)
def test_a_recipient_may_be_refused_for_good_or_for_now(said: str, answer: Answer, server: MailServer) -> None:
    server.to_recipient = [said]
    assert send(server) == answer
    assert server.taken == []


@pytest.mark.parametrize("said", ["450 4.7.1 too many", "550 5.7.1 not from you", "530 5.7.0 sign in first"])
def test_a_refusal_of_the_sender_is_about_how_this_service_is_set_up(said: str, server: MailServer) -> None:
    server.to_sender = [said]
    answer = send(server)
    assert (answer.verdict, answer.reason, answer.server_away) == (LATER, f"smtp {said[:9]}", True)


def test_a_server_that_takes_its_time_is_waited_for(server: MailServer) -> None:
    server.slow_by = 0.5
    assert send(server) == Answer(TAKEN)
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    ("returns_to", "sender"),
    [
        (None, "noreply@khunjerab.example"),
        (ReturnAddress("bounces@khunjerab.example"), "bounces@khunjerab.example"),
        (ReturnAddress("bounces@khunjerab.example", tagged=True), "bounces+ntf_0123@khunjerab.example"),
    ],
)
def test_the_envelope_says_where_a_bounce_goes_and_from_stays_as_it_is(
    returns_to: ReturnAddress | None, sender: str, server: MailServer
) -> None:
    postman = SmtpPostman(replace(ACCOUNT, port=server.port, returns_to=returns_to), 5.0)
    postman.send(MAIL)
    postman.hang_up()
    assert server.senders == [sender]
    assert str(server.taken[0]["From"]) == ACCOUNT.sender


def test_it_says_who_it_is_as_it_is_told_to(server: MailServer) -> None:
    postman = SmtpPostman(replace(ACCOUNT, port=server.port, client_name="khunjerab.hospital.example"), 5.0)
    postman.send(MAIL)
    postman.hang_up()
    assert server.clients == ["khunjerab.hospital.example"]


def test_a_server_that_knows_no_other_scripts_takes_names_and_domains_in_them() -> None:
    to = replace(MAIL.to, email="fatima@医院.example")
    with MailServer().running(enable_SMTPUTF8=False) as server:
        assert send(server, replace(MAIL, to=to)) == Answer(TAKEN)
    (message,) = server.taken
    assert message["To"].addresses[0].addr_spec == f"fatima@{'医院'.encode('idna').decode()}.example"


def test_what_goes_out_needs_no_server_that_takes_eight_bits(server: MailServer) -> None:
    send(server)
    (message,) = server.taken
    assert message.as_bytes().isascii()


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
    answer = SmtpPostman(replace(ACCOUNT, port=server.port, encryption=STARTTLS), 5.0).send(MAIL)
    assert (answer.verdict, answer.reason, answer.server_away) == (LATER, "not-supported", True)
    assert server.taken == []


@dataclass(frozen=True)
class Certified:
    """TLS for `localhost`, by an authority whose certificate is in `file`."""

    context: ssl.SSLContext
    file: str


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    if shutil.which("openssl") is None:
        pytest.skip("the program openssl makes the certificate, and is not there")
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = ["-keyout", str(key), "-out", str(certificate), "-subj", "/CN=localhost", "-days", "2"]
    extension = ["-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *made, *extension], check=True, capture_output=True
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return Certified(context, str(certificate))


ENCRYPTED = replace(ACCOUNT, host="localhost", encryption=STARTTLS, user=USER, password=PASSWORD)


@pytest.mark.parametrize(
    ("account", "taken"),
    [
        (ENCRYPTED, True),
        (replace(ENCRYPTED, password="a guess"), False),
        (replace(ENCRYPTED, user=""), False),
        (replace(ENCRYPTED, encryption=PLAIN), False),
        (replace(ENCRYPTED, host="127.0.0.1"), False),
        (replace(ENCRYPTED, encryption=IMPLICIT), False),
    ],
    ids=["right", "wrong password", "not signed in", "not encrypted", "another name than certified", "the other way"],
)
def test_a_server_may_want_encryption_and_a_sign_in(account: SmtpAccount, taken: bool, certified: Certified) -> None:
    with MailServer().running(**only_signed_in(certified.context)) as server:
        handed_over(server, replace(account, ca_file=certified.file), taken=taken)


@pytest.mark.parametrize(
    ("account", "taken"),
    [
        (replace(ENCRYPTED, encryption=IMPLICIT, user=""), True),
        (replace(ENCRYPTED, encryption=IMPLICIT, user="", host="127.0.0.1"), False),
        (replace(ENCRYPTED, user=""), False),
    ],
    ids=["right", "another name than certified", "the other way"],
)
def test_a_server_may_encrypt_from_the_first_byte_on(account: SmtpAccount, taken: bool, certified: Certified) -> None:
    with MailServer().running(ssl_context=certified.context) as server:
        handed_over(server, replace(account, ca_file=certified.file), taken=taken)


@pytest.mark.parametrize("encryption", [STARTTLS, IMPLICIT])
def test_a_certificate_by_an_authority_that_nobody_trusts_is_no_certificate(
    encryption: str, certified: Certified
) -> None:
    options = {"ssl_context" if encryption == IMPLICIT else "tls_context": certified.context}
    with MailServer().running(**options) as server:
        handed_over(server, replace(ENCRYPTED, encryption=encryption, user=""), taken=False)


def handed_over(server: MailServer, account: SmtpAccount, *, taken: bool) -> None:
    postman = SmtpPostman(replace(account, port=server.port), 2.0, 4.0)
    answer = postman.send(MAIL)
    postman.hang_up()
    assert (answer.verdict == TAKEN) is taken
    assert len(server.taken) == int(taken)
    # How this service is set up is no reason to give a mail up.
    assert answer.verdict != NEVER
