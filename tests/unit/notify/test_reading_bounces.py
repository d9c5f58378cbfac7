"""Bounces as servers write them: of which mail, for good or for now; and what is none, or forged, names nothing."""

import time
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.kernel.errors import Refusal
from chassis.mailbox import MOST_BYTES
from services.notify.adapters.bounces import BounceReader, ReturnAddress
from services.notify.domain.bounce import Bounce
from services.notify.domain.refusals import BounceOfNothing, BounceTooLarge, NotABounce

ID = "ntf_" + "0123456789abcdef" * 2
TAGGED = ReturnAddress("bounces@khunjerab.example", tagged=True)
READER = BounceReader(TAGGED, "khunjerab.example")
TO = "fatima@hospital.example"
ORIGINAL = f"Message-ID: <{ID}@khunjerab.example>\r\nSubject: Booked\r\nTo: {TO}\r\n\r\nprivate words"


def report(
    action: str = "failed",
    status: str = "5.1.1",
    said: str = "550 5.1.1 no such user",
    to: str = TAGGED.address,
    returned: str = f"Content-Type: message/rfc822\r\n\r\n{ORIGINAL}",
) -> bytes:
    """A delivery status notification (RFC 3464). `returned`: the part with what of the mail came back."""
    blocks = ["Reporting-MTA: dns; mx.hospital.example", "", f"Final-Recipient: rfc822; {TO}", f"Action: {action}"]
    blocks += [f"Status: {status}"] if status else []
    blocks += [f"Diagnostic-Code: smtp; {said}"] if said else []
    parts = [
        "Content-Type: text/plain\r\n\r\nI'm sorry to have to inform you",
        "Content-Type: message/delivery-status\r\n\r\n" + "\r\n".join(blocks) + "\r\n",
        *([returned] if returned else []),
    ]
    head = ["From: Mail Delivery System <MAILER-DAEMON@hospital.example>", f"To: {to}", "Auto-Submitted: auto-replied"]
    head += ['Content-Type: multipart/report; report-type=delivery-status; boundary="b"', "MIME-Version: 1.0"]
    body = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return ("\r\n".join(head) + f"\r\n\r\n{body}--b--\r\n").encode()


def words(text: str, *, sender: str = "MAILER-DAEMON@hospital.example", **headers: str) -> bytes:
    """What servers write that know no reports."""
    head = {"From": sender, "To": TAGGED.address, "Subject": "failure notice"} | headers
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in head.items())
    return f"{lines}\r\n{text}".encode()


def test_a_report_names_the_mail_by_the_message_id_of_what_came_back() -> None:
    assert READER.read(report()) == Bounce(ID, "5.1.1", "550 5.1.1 no such user")


@pytest.mark.parametrize("returned", ["", "Content-Type: message/rfc822\r\n\r\nSubject: other\r\n\r\n"])
def test_a_report_without_it_is_known_by_the_address_that_it_came_to(returned: str) -> None:
    found = READER.read(report(to=TAGGED.of(ID), returned=returned))
    assert found == Bounce(ID, "5.1.1", "550 5.1.1 no such user")


def test_headers_alone_may_come_back() -> None:
    headers = f"Content-Type: text/rfc822-headers\r\n\r\n{ORIGINAL.splitlines()[0]}\r\n"
    found = READER.read(report(returned=headers))
    assert found
    assert found.notification == ID


@pytest.mark.parametrize(
    ("status", "said", "found", "for_good"),
    [
        ("5.1.1", "550 5.1.1 unknown", "5.1.1", True),
        ("5.0.0", "550 5.7.1 rejected", "5.0.0", True),
        ("4.4.7", "400 4.4.7 expired", "4.4.7", False),
        ("", "550 5.2.2 full", "5.2.2", True),
        ("", "452 mailbox full", "4.0.0", False),
        ("", "", "5.0.0", True),
        ("nonsense", "554 no", "5.0.0", True),
    ],
)
def test_its_status_says_whether_it_is_for_good(status: str, said: str, found: str, for_good: bool) -> None:
    bounce = READER.read(report(status=status, said=said))
    assert bounce
    assert (bounce.status, bounce.for_good) == (found, for_good)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", "Delayed", ""])
def test_what_is_late_or_has_arrived_did_not_come_back(action: str) -> None:
    assert READER.read(report(action=action, status="4.4.1")) is None


QMAIL = f"""Hi. This is the qmail-send program at hospital.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<{TO}>:
192.0.2.1 does not like recipient.
Remote host said: 550 sorry, no mailbox here by that name. (#5.1.1)
Giving up on 192.0.2.1.

--- Below this line is a copy of the message.

{ORIGINAL}
"""
EXIM = f"""This message was created automatically by mail delivery software.

  {TO}
    host mx.hospital.example [192.0.2.1]
    SMTP error from remote mail server after RCPT TO:<{TO}>:
    552 5.2.2 mailbox is over quota

------ This is a copy of the message's headers. ------

{ORIGINAL}
"""
CHINESE = f"""很抱歉，您的邮件被退回来了……
host mx.hospital.example said: 550 User not found: {TO}
{ORIGINAL}
"""


@pytest.mark.parametrize(
    ("text", "status", "word"),
    [(QMAIL, "5.1.1", "no mailbox"), (EXIM, "5.2.2", "over quota"), (CHINESE, "5.0.0", "User not found")],
    ids=["qmail", "Exim", "a Chinese provider"],
)
def test_servers_that_write_no_report_are_understood(text: str, status: str, word: str) -> None:
    bounce = READER.read(words(text))
    assert bounce
    assert (bounce.notification, bounce.status) == (ID, status)
    assert word in bounce.diagnostic


def test_nothing_is_kept_but_the_status_and_a_few_words_without_addresses() -> None:
    bounce = READER.read(
        report(said=f"550 5.1.1 <{TO}>: no such user, ask postmaster@hospital.example " + "x " * 2_000)
    )
    assert bounce
    assert "@" not in bounce.diagnostic
    assert len(bounce.diagnostic) <= 200
    assert "private" not in str(bounce)


def test_who_is_out_of_the_office_did_get_the_mail() -> None:
    away = words("I am away. 550 5.1.1", sender=TO, Auto_Submitted="auto-replied (vacation)", Return_Path="<>")
    assert READER.read(away) is None


@pytest.mark.parametrize(
    "raw",
    [
        words(QMAIL, sender=TO),
        words("Dear Khunjerab, what is this?", sender=TO),
        words("Your invoice is ready.", Return_Path="<>"),
        b"",
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_bounce_is_put_aside_for_people(raw: bytes) -> None:
    with pytest.raises(NotABounce):
        READER.read(raw)


@pytest.mark.parametrize(
    "raw",
    [
        report(returned="Content-Type: message/rfc822\r\n\r\nMessage-ID: <made-up@khunjerab.example>\r\n\r\n"),
        report(returned=f"Content-Type: message/rfc822\r\n\r\nMessage-ID: <{ID}@elsewhere.example>\r\n\r\n"),
        report(to=f"bounces+{ID}@elsewhere.example", returned=""),
        report(to="bounces+ntf_short@khunjerab.example", returned=""),
        words(QMAIL.replace(ID, "ntf_made-up")),
    ],
)
def test_a_bounce_that_names_none_of_our_mails_changes_nothing(raw: bytes) -> None:
    with pytest.raises(BounceOfNothing):
        READER.read(raw)


def nested(depth: int) -> bytes:
    raw = b"Content-Type: text/plain\r\n\r\nend"
    for level in range(depth):
        raw = f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n'.encode() + raw
        raw += f"\r\n--b{level}--\r\n".encode()
    return raw


@pytest.mark.parametrize(
    "raw",
    [
        b"X: y\r\n" + b"x" * MOST_BYTES,
        b"Subject: " + b"x" * 100_000 + b"\r\n\r\n",
        nested(50),
        nested(2_000),
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\n\r\n" * 5_000,
    ],
    ids=["too large", "a long header", "deep", "very deep", "too many parts"],
)
def test_a_bomb_is_refused_quickly(raw: bytes) -> None:
    began = time.monotonic()
    with pytest.raises(BounceTooLarge):
        READER.read(raw)
    assert time.monotonic() - began < 2


@given(raw=st.binary(max_size=400) | st.text(max_size=300).map(lambda text: report(said=text.replace("\n", " "))))
def test_whatever_comes_is_read_or_refused(raw: bytes) -> None:
    try:
        found = READER.read(raw)
    except Refusal:
        return
    assert found is None or found.notification == ID


def test_an_answer_that_hides_a_mail_of_its_own_is_not_believed_for_it() -> None:
    forwarded = MIMEMultipart()
    forwarded["From"], forwarded["To"] = TO, TAGGED.address
    inner = MIMEText("x")
    inner["Message-ID"] = f"<{ID}@khunjerab.example>"
    forwarded.attach(MIMEMessage(inner))
    with pytest.raises(NotABounce):
        READER.read(forwarded.as_bytes())


def test_each_mail_has_a_sender_of_its_own_where_addresses_may_be_tagged() -> None:
    assert TAGGED.of(ID) == f"bounces+{ID}@khunjerab.example"
    assert ReturnAddress("bounces@khunjerab.example").of(ID) == "bounces@khunjerab.example"
    assert len(TAGGED.of(ID).partition("@")[0]) <= 64
