"""A feed that nothing has touched is known to be the same without being read, and one that anything touched is not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chassis.commands import parsed
from chassis.kernel.decision import Decision
from services.exchange.application import queries
from services.exchange.application.commands import calendars as commands
from services.exchange.application.feed_tags import MOST_CHANGES, ON_ITS_WAY, FeedTags, Tagged, TaggedFeed
from services.exchange.application.ports.calendar_feeds import Change
from services.exchange.application.ports.calendar_files import Revision
from tests.consulting import ADMIN, Consulting
from tests.unit.exchange.given import NOW

LATER = 2 * ON_ITS_WAY


class Subscribed:
    """A subscription to a calendar, which was read a while after what it tells was decided."""

    def __init__(
        self, there: Consulting, kind: str = "person", subject: str = "chair", after: timedelta = LATER
    ) -> None:
        self.there, self.by = there, there.actor(subject) if kind == "person" else there.coordinator
        whose = {"person": there.people, "site": there.sites}.get(kind, {subject: subject})[subject]
        opened = parsed(commands.OpenCalendarAddress, {"kind": kind, "subject": whose})
        made = there.exchange.open_calendar_address(opened, there.context(self.by))
        self.secret = str(made["address"]).rpartition("/")[2].removesuffix(".ics")
        self.later(after)
        self.tag = self.read()["tag"]

    def later(self, by: timedelta) -> None:
        self.there.clock.moment += by

    def read(self, *known: str) -> dict[str, Any]:
        asked = parsed(queries.AskCalendarFeed, {"secret": self.secret, "known_tags": known})
        return self.there.exchange.calendar_feed(asked, self.by)

    def is_unread(self) -> bool:
        """Whether the answer is 'the same as you have', and no booking was looked for."""
        feeding, looked = self.there.exchange.feeding, []
        told = feeding.told
        feeding.told = lambda *asked: looked.append(asked) or told(*asked)  # type: ignore[func-returns-value, method-assign]
        answer = self.read(self.tag)
        feeding.told = told  # type: ignore[method-assign]
        return answer["content"] is None and not looked


def test_it_is_not_read_while_nothing_has_changed(there: Consulting) -> None:
    there.booked()
    subscribed = Subscribed(there)
    assert subscribed.is_unread()
    subscribed.later(timedelta(hours=5))
    assert subscribed.is_unread()


def test_what_changes_elsewhere_does_not_touch_it(there: Consulting) -> None:
    there.booked()
    subscribed = Subscribed(there)
    without_chair = [{**each, "role": "chair"} for each in there.participants("observer")]
    others = [*without_chair, *there.participants("specialist")]
    there.propose(there.coordinator, participants=others, begins="2026-03-12T06:00:00Z")
    assert subscribed.is_unread()


def _renamed(kind: str, name: str) -> Callable[[Consulting, str], Any]:
    def act(there: Consulting, _booked: str) -> None:
        shelf: Any = getattr(there.exchange.stores, kind)
        known = shelf.load(getattr(there, kind)[name])
        shelf.save(known, Decision(known.state, "changed"), there.context(ADMIN))

    return act


def _leaves(there: Consulting, booked: str) -> None:
    chairs = [{**each, "role": "chair"} for each in there.participants("observer")]
    stay = there.participants("presenter", "interpreter", "specialist")
    there.give("change_participants", booked, participants=[*chairs, *stay], reason="She is ill.")


CHANGES: dict[str, Callable[[Consulting, str], Any]] = {
    "a booking is called off": lambda there, booked: there.give("cancel_consultation", booked, reason="Snow."),
    "another one is made": lambda there, _: there.propose(begins="2026-03-12T06:00:00Z"),
    "they take part no longer": _leaves,
    "somebody who takes part is renamed": _renamed("people", "presenter"),
    "they are renamed": _renamed("people", "chair"),
    "a site is renamed": _renamed("sites", "gilgit"),
    "time alone takes it out": lambda there, _: setattr(
        there.clock, "moment", there.clock.moment + timedelta(days=200)
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_it_is_told_anew_when(there: Consulting, change: str) -> None:
    booked = there.booked()
    subscribed = Subscribed(there)
    CHANGES[change](there, booked)
    answer = subscribed.read(subscribed.tag)
    assert answer["content"] is not None
    assert answer["tag"] != subscribed.tag


def test_an_agreement_s_feed_is_told_anew_when_its_first_partner_s_zone_changes(there: Consulting) -> None:
    subscribed = Subscribed(there, "agreement", there.agreement)
    assert subscribed.is_unread()
    first = there.exchange.stores.agreements.load(there.agreement).state.partners[0]
    site = there.exchange.stores.sites.load(first)
    moved = Decision(replace(site.state, zone="Asia/Almaty"), "changed")
    there.exchange.stores.sites.save(site, moved, there.context(ADMIN))
    assert subscribed.read(subscribed.tag)["tag"] != subscribed.tag


def test_an_import_that_takes_minutes_into_the_store_is_seen(there: Consulting) -> None:
    there.booked()
    begun = there.context(ADMIN)
    subscribed = Subscribed(there, after=timedelta(minutes=14))
    known = there.exchange.stores.people.load(there.people["presenter"])
    there.exchange.stores.people.save(known, Decision(known.state, "imported"), begun)
    assert subscribed.read(subscribed.tag)["tag"] != subscribed.tag


@pytest.mark.parametrize("change", ["a booking is called off", "another one is made", "a site is renamed"])
def test_a_site_s_feed_is_told_anew_when(there: Consulting, change: str) -> None:
    booked = there.booked()
    subscribed = Subscribed(there, "site", "kashgar")
    assert subscribed.is_unread()
    CHANGES[change](there, booked)
    assert subscribed.read(subscribed.tag)["tag"] != subscribed.tag


def test_each_language_has_a_tag_of_its_own_and_so_has_each_feed() -> None:
    tags = FeedTags(lambda _since, _limit: [])
    feed, revision = TaggedFeed("site", "sit_1", "en"), (Revision("sit_1", 1),)
    tags.remember(feed, Tagged.now("one", revision, [], NOW, None))
    assert tags.standing(feed, revision, NOW) == "one"
    for other in (feed._replace(language="zh"), feed._replace(subject="sit_2"), feed._replace(kind="person")):
        assert tags.standing(other, revision, NOW) is None
    assert tags.standing(feed, (Revision("sit_1", 2),), NOW) is None


def test_what_was_on_its_way_when_the_feed_was_read_is_seen_later() -> None:
    asked = []
    tags = FeedTags(lambda since, _limit: asked.append(since) or [])  # type: ignore[func-returns-value]
    feed, revision = TaggedFeed("site", "sit_1", "en"), (Revision("sit_1", 1),)
    tags.remember(feed, Tagged.now("one", revision, [], NOW, None))
    later = NOW + timedelta(hours=1)
    tags.standing(feed, revision, later)
    tags.standing(feed, revision, later)
    assert asked == [NOW - ON_ITS_WAY, later - ON_ITS_WAY]


def test_a_clock_that_went_back_and_too_many_changes_make_nothing_sure() -> None:
    changes: list[Change] = []
    tags = FeedTags(lambda _since, limit: changes[:limit])
    feed, revision = TaggedFeed("site", "sit_1", "en"), (Revision("sit_1", 1),)
    tags.remember(feed, Tagged.now("one", revision, [], NOW, None))
    assert tags.standing(feed, revision, NOW - timedelta(seconds=1)) is None
    changes += [Change(Revision(f"con_{number}", 1)) for number in range(MOST_CHANGES - 1)]
    assert tags.standing(feed, revision, NOW) == "one"
    changes.append(Change(Revision("con_more", 1)))
    assert tags.standing(feed, revision, NOW) is None


def test_the_feeds_that_were_asked_for_longest_ago_are_forgotten() -> None:
    tags = FeedTags(lambda _since, _limit: [], most=4)
    told = [Revision("con_1", 1), Revision("con_2", 1)]
    feeds = [TaggedFeed("site", f"sit_{number}", "en") for number in range(3)]
    subject = (Revision("sit", 1),)
    for feed in (*feeds[:2], feeds[0], feeds[2]):
        tags.remember(feed, Tagged.now(feed.subject, subject, told, NOW, None))
    assert [tags.standing(feed, subject, NOW) for feed in feeds] == ["sit_0", None, "sit_2"]
