"""Mail servers that are slow, silent, endless, or set traps: what becomes of a mail, and how long it takes at most."""

import time
from typing import Any

import pytest

from services.notify.adapters.smtp_account import STARTTLS, SmtpAccount
from services.notify.adapters.smtp_postman import SmtpPostman
from services.notify.domain.delivery import LATER, Answer
from tests.integration.rude_mail_server import Manners, RudeServer, Visitor, greeted, rude_server
from tests.integration.test_notify_smtp import MAIL

EACH, ALTOGETHER = 0.4, 1.0
"""Seconds of patience."""
SENDER = "Khunjerab <noreply@khunjerab.example>"


def sent(
    server: RudeServer, each: float = EACH, altogether: float = ALTOGETHER, **account: Any
) -> tuple[Answer, float]:
    """The answer, and the seconds that it took."""
    postman = SmtpPostman(SmtpAccount("localhost", server.port, SENDER, **account), each, altogether)
    began = time.monotonic()
    answer = postman.send(MAIL)
    took = time.monotonic() - began
    postman.hang_up()
    return answer, took


def until(*steps: str) -> Manners:
    """Takes part until it has answered so often, and then says nothing more."""

    def manners(visitor: Visitor) -> None:
        greeted(visitor)
        for step in steps:
            visitor.hear()
            visitor.say(step)
        visitor.until_gone()

    return manners


def silent(visitor: Visitor) -> None:
    visitor.until_gone()


def gone_after_greeting(visitor: Visitor) -> None:
    visitor.say("220 rude")


def gone_without_greeting(_: Visitor) -> None:
    pass


def too_busy(visitor: Visitor) -> None:
    visitor.say("421 4.3.2 too busy")


def no_mail_here(visitor: Visitor) -> None:
    visitor.say("554 no mail here")
    visitor.until_gone()


def no_smtp(visitor: Visitor) -> None:
    visitor.say("HTTP/1.1 400 Bad Request", "", "")
    visitor.until_gone()


def drop_by_drop(visitor: Visitor) -> None:
    """A byte now and then: no wait is ever long."""
    while True:
        visitor.sock.sendall(b"2")
        time.sleep(EACH / 4)


def endless_greeting(visitor: Visitor) -> None:
    while True:
        visitor.say(*["220-and another thing"] * 1_000)


def endless_line(visitor: Visitor) -> None:
    while True:
        visitor.sock.sendall(b"2" * 65_536)


def slow_at_each_step(visitor: Visitor) -> None:
    """Each answer comes in time; all together they do not."""
    visitor.say("220 rude")
    while visitor.hear():
        time.sleep(EACH * 0.8)
        visitor.say("250 well")


def busy_amid_everything(visitor: Visitor) -> None:
    greeted(visitor)
    visitor.hear()
    visitor.say("421 4.3.2 shutting down")


MANNERS: dict[str, Manners] = {
    "says nothing": silent,
    "is gone after the greeting": gone_after_greeting,
    "is gone before it": gone_without_greeting,
    "is too busy": too_busy,
    "takes no mail at all": no_mail_here,
    "speaks another language": no_smtp,
    "greets drop by drop": drop_by_drop,
    "greets without an end": endless_greeting,
    "says a line without an end": endless_line,
    "is slow at each step": slow_at_each_step,
    "shuts down amid everything": busy_amid_everything,
    "is silent after the sender": until("250 well"),
    "is silent after the recipient": until("250 well", "250 well"),
    "is silent after the message": until("250 well", "250 well", "354 go on"),
}


@pytest.mark.parametrize("manners", MANNERS.values(), ids=MANNERS)
def test_whatever_it_does_the_mail_waits_and_nobody_waits_for_it(manners: Manners) -> None:
    with rude_server(manners) as server:
        answer, took = sent(server)
    assert (answer.verdict, answer.server_away) == (LATER, True)
    assert answer.reason
    assert took < ALTOGETHER + EACH


@pytest.mark.parametrize("manners", [endless_greeting, endless_line])
def test_an_answer_without_an_end_is_cut_short_however_much_time_there_is(manners: Manners) -> None:
    with rude_server(manners) as server:
        answer, took = sent(server, each=20.0, altogether=20.0)
    assert (answer.verdict, answer.server_away) == (LATER, True)
    assert took < 5


def no_starttls(visitor: Visitor) -> None:
    """As somebody in between would: takes the offer out of the answer, and everything that follows."""
    greeted(visitor, "8BITMIME", "AUTH PLAIN LOGIN")
    while visitor.hear():
        visitor.say("235 welcome" if visitor.heard[-1].startswith(b"AUTH") else "250 well")


def starttls_refused(visitor: Visitor) -> None:
    greeted(visitor, "STARTTLS")
    visitor.hear()
    visitor.say("454 4.7.0 not now")
    while visitor.hear():
        visitor.say("250 well")


def answers_ahead(visitor: Visitor) -> None:
    """Says in the clear, together with its consent, what would be taken for its first encrypted answers."""
    greeted(visitor, "STARTTLS")
    visitor.hear()
    visitor.say(
        "220 go ahead", "250-rude", "250 AUTH PLAIN", "235 welcome", "250 well", "250 well", "354 go on", "250 ok"
    )
    while visitor.hear():
        pass


@pytest.mark.parametrize("user", ["", "notify"])
@pytest.mark.parametrize("manners", [no_starttls, starttls_refused, answers_ahead])
def test_who_cannot_encrypt_hears_neither_the_password_nor_the_mail(manners: Manners, user: str) -> None:
    with rude_server(manners) as server:
        answer, _ = sent(server, encryption=STARTTLS, user=user, password="an excellent secret")
    assert (answer.verdict, answer.server_away) == (LATER, True)
    for word in (b"AUTH", b"MAIL FROM", b"RCPT", b"DATA", b"hospital.example"):
        assert word not in server.heard


def test_a_long_answer_in_any_encoding_is_kept_short_and_on_one_line() -> None:
    def refuses(visitor: Visitor) -> None:
        greeted(visitor)
        visitor.hear()
        visitor.say("250 well")
        visitor.hear()
        visitor.sock.sendall("550-5.7.1 拒收 ".encode("gb18030") + b"\x00\x1b[31m\r\n")
        visitor.say(*["550-و اب \u202e سنو"] * 200, "550 5.7.1 enough")
        visitor.until_gone()

    with rude_server(refuses) as server:
        answer, _ = sent(server)
    assert answer.reason == "smtp 550 5.7.1"
    assert len(answer.detail) <= 300
    assert answer.detail.isprintable()
