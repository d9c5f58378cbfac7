"""What is due, shared out among the connections of a process: looked for once, given to one each, nothing left out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from services.notify.application import sharing
from services.notify.application.reactions.notify_of import notify_of
from services.notify.application.sharing import SHARE, Shared
from services.notify.domain.channels import EMAIL
from tests.fakes.notify import FakeNotifications
from tests.unit.notify.samples import NOW, told_of


class Counting(FakeNotifications):
    looked = 0

    def due(self, channel: str, now: datetime, limit: int) -> list[str]:
        self.looked += 1
        return super().due(channel, now, limit)


def queued(number: int, minutes: int = 0) -> Counting:
    notifications = Counting(lambda: 0.0)
    later = NOW + timedelta(minutes=minutes)
    notify_of(
        [told_of("research.outcome.expected.v1", title=f"{each}") for each in range(number)], notifications, later
    )
    return notifications


def test_each_connection_is_given_what_no_other_was_given_and_they_look_once() -> None:
    notifications = queued(3 * SHARE + 7)
    shared = Shared(notifications)
    with ThreadPoolExecutor(4) as pool:
        shares = list(pool.map(lambda _: shared.due(EMAIL, NOW, 500), range(4)))
    assert sorted(each for share in shares for each in share) == sorted(notifications.kept)
    assert max(map(len, shares)) == SHARE
    assert notifications.looked == 1


def test_no_more_is_given_than_was_asked_for() -> None:
    assert len(Shared(queued(5)).due(EMAIL, NOW, 2)) == 2


def test_when_all_is_given_out_they_look_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "AHEAD", 3)
    shared = Shared(queued(4))
    assert [len(shared.due(EMAIL, NOW, 500)) for _ in range(2)] == [3, 3]


def test_what_becomes_due_is_found_by_the_next_look() -> None:
    shared = Shared(queued(1, minutes=1))
    assert shared.due(EMAIL, NOW, 500) == []
    assert len(shared.due(EMAIL, NOW + timedelta(minutes=1), 500)) == 1
