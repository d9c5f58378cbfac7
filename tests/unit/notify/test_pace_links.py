"""The link at the foot of a mail: signed, for one person and category, and good for nothing else."""

from email import message_from_bytes, policy
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.errors import InvalidCommand, Unknown
from services.notify.adapters.mail_message import message_of, sender_of
from services.notify.adapters.pace_tokens import HmacPaceTokens
from services.notify.adapters.writer import TemplateWriter
from services.notify.application import commands, queries
from services.notify.application.email import Email
from services.notify.application.reactions import notify_of
from services.notify.domain.preferences import usual
from tests.alliance import StandingClock
from tests.fakes.notify import FakeNotifications, FakePeople, FakePreferences, KeepingPostman, sending_mails
from tests.unit.notify.samples import NOW, person, told_of

TOKENS = HmacPaceTokens("a secret of thirty-two characters")
EVENT = "research.outcome.expected.v1"
ME = str(told_of(EVENT)[1].model_dump()["responsible"])


def sets(kept: FakePreferences, pace: str, category: str = "outcomes", command: str = "one", token: str = "") -> Any:
    given = parsed(commands.SetPaceByLink, {"token": token or TOKENS.token_for(ME, category), "pace": pace})
    return commands.set_pace_by_link(given, Context(command, SYSTEM, NOW), TOKENS, kept)


def asked(kept: FakePreferences, category: str = "outcomes") -> Any:
    given = parsed(queries.AskPaceLink, {"token": TOKENS.token_for(ME, category)})
    return queries.pace_link(given, TOKENS, FakePeople(person(ME, "ur")), kept)


def test_it_says_how_soon_and_changes_that_alone() -> None:
    kept = FakePreferences()
    assert asked(kept) == {"category": "outcomes", "pace": "at-once", "language": "ur"}
    sets(kept, "weekly")
    assert asked(kept)["pace"] == "weekly"
    assert (asked(kept, "visits")["pace"], asked(kept, "")["pace"]) == ("at-once", "at-once")
    assert kept.of([ME])[ME].wanted == {"outcomes": {"email": "weekly"}}


def test_that_of_a_digest_changes_all() -> None:
    kept = FakePreferences()
    sets(kept, "weekly")
    sets(kept, "never", "", command="two")
    assert [asked(kept, category)["pace"] for category in ("outcomes", "visits", "")] == ["never"] * 3


def test_the_same_again_is_the_same() -> None:
    kept = FakePreferences()
    assert sets(kept, "daily") == sets(kept, "daily")
    assert sets(kept, "never", command="two") == sets(kept, "never", command="two")
    assert next(iter(kept.kept.values())).version == 2


@pytest.mark.parametrize(
    "token",
    [
        "made-up",
        "a",
        HmacPaceTokens("another secret, of another system").token_for(ME, "outcomes"),
        TOKENS.token_for(ME, "outcomes")[:-2],
        TOKENS.token_for(ME, "outcomes") + "AA",
        "A" + TOKENS.token_for(ME, "outcomes")[1:],
    ],
)
def test_no_other_token_opens_anything(token: str) -> None:
    kept = FakePreferences()
    with pytest.raises(Unknown, match="pace-link"):
        sets(kept, "never", token=token)
    assert kept.of([ME]) == {ME: usual(ME)}


def test_what_is_no_token_at_all_is_refused_unread() -> None:
    for token in ("", "a b", "x" * 301, "ä"):
        with pytest.raises(InvalidCommand):
            parsed(commands.SetPaceByLink, {"token": token, "pace": "never"})


def mailed(web_url: str) -> Any:
    """The mail that a person gets, as it is received."""
    notifications, postman = FakeNotifications(lambda: 0.0), KeepingPostman()
    notify_of([told_of(EVENT)], notifications, NOW)
    carrier = Email(TemplateWriter(web_url), postman, pace_tokens=TOKENS)
    sending_mails(notifications, FakePeople(person(ME)), carrier, StandingClock(NOW)).send_due()
    (mail,) = postman.taken
    message = message_of(mail, sender_of("Khunjerab <noreply@khunjerab.example>"))
    return message_from_bytes(message.as_bytes(), policy=policy.default)


def test_each_mail_has_it_at_its_foot_and_names_it_to_mail_programs() -> None:
    received = mailed("https://khunjerab.example")
    link = f"https://khunjerab.example/pace/{TOKENS.token_for(ME, 'outcomes')}"
    assert received["List-Unsubscribe"] == f"<{link}>"
    assert received["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert all(link in received.get_body((form,)).get_content() for form in ("plain", "html"))


def test_one_press_is_offered_only_where_the_pages_are_encrypted() -> None:
    received = mailed("http://127.0.0.1:8000")
    assert received["List-Unsubscribe"]
    assert received["List-Unsubscribe-Post"] is None
