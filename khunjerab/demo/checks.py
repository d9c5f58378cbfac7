"""What has to be true when the story is over, asked of the running services."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from chassis.rpc.client import RpcClient
from khunjerab.demo.memorandum import Memorandum

EVENTS = (
    "exchange.agreement.took-effect.v1",
    "exchange.visit.proposed.v1",
    "exchange.visit.replied.v1",
    "exchange.visit.booked.v1",
    "exchange.visit.arrived.v1",
    "exchange.visit.fulfilled.v1",
    "research.outcome.expected.v1",
    "research.outcome.reported.v1",
    *("research.outcome.advanced.v1",) * 5,
    "research.outcome.adopted.v1",
)
"""Once each; people's registrations and notify's own events come besides."""

_FOLLOWED = {"outcome-reported": 1, "outcome-advanced": 5, "outcome-adopted": 1}
_FOR_VISITORS = {"visit-proposed-for-you": 1, "visit-booked-for-you": 1, "visit-fulfilled-for-you": 1}
MESSAGES: dict[str, dict[str, int]] = {
    "bano": _FOR_VISITORS | {"outcome-expected": 1, "outcome-advanced": 5, "outcome-adopted": 1},
    "karim": _FOR_VISITORS,
    "zhang": {"agreement-in-effect": 1, "reply-asked": 1, "visit-booked": 1, "visit-fulfilled": 1} | _FOLLOWED,
    "hussain": {
        "agreement-in-effect": 1,
        "visit-proposed": 1,
        "visit-booked": 1,
        "visit-arrived": 1,
        "visit-fulfilled": 1,
        "outcome-reported": 1,
        "outcome-advanced": 5,
    },
    "ali": {"visit-booked": 1, "visit-arrived": 1, "visit-fulfilled": 1, "outcome-reported": 1, "outcome-adopted": 1},
}
"""Who is told what how often: by the table in notify's domain, and nobody of what they did themselves."""


@dataclass(frozen=True)
class Check:
    """`ask` is asked until it answers `wanted`, or patience ends."""

    what: str
    ask: Callable[[], Any]
    wanted: Any


@dataclass(frozen=True)
class Traces:
    """What the story left behind outside the services: events on the broker, mails at the mail server, dead letters."""

    events: Callable[[], list[str]]
    mailed_to: Callable[[], list[str]]
    dead_letters: Callable[[], int]


def checks(rpc: RpcClient, memorandum: Memorandum, ids: dict[str, str], traces: Traces) -> Iterator[Check]:
    """Every expected effect, in the order in which it comes about. `ids`: the story's visit and outcome."""
    ask = _Asking(rpc, memorandum)
    visit = memorandum.sample["visit"]
    days = len(visit["visitors"]) * (visit["for_days"] + 1)
    yield Check("the visit is fulfilled", lambda: ask.visit(ids["visit"])["state"], "fulfilled")
    yield Check("the quota counts the visit and its days once, and holds nothing", ask.quota, (1, days, 0, 0))
    yield Check("the agreement's balance counts one reported outcome", ask.outcomes, 1)
    yield Check("the outcome is adopted", lambda: ask.outcome(ids["outcome"])["state"], "adopted")
    yield Check("each event came by on the broker, once", lambda: _of_the_story(traces.events()), Counter(EVENTS))
    for who, wanted in MESSAGES.items():
        name = memorandum.name(who)
        yield Check(f"{name} has each message once in the inbox", lambda who=who: ask.purposes(who), Counter(wanted))  # type: ignore[misc]
        yield Check(f"{name}: notify says that each was sent", lambda who=who: ask.not_sent(who), [])  # type: ignore[misc]
        yield Check(
            f"{name}: the mail server received each once",
            lambda who=who: traces.mailed_to().count(memorandum.email(who)),  # type: ignore[misc]
            sum(wanted.values()),
        )
    yield Check("no event became a dead letter", traces.dead_letters, 0)


def _of_the_story(event_types: list[str]) -> Counter[str]:
    return Counter(event_type for event_type in event_types if event_type in EVENTS)


class _Asking:
    """The questions, asked as people of the sample."""

    def __init__(self, rpc: RpcClient, memorandum: Memorandum) -> None:
        self._rpc, self._memorandum = rpc, memorandum

    def visit(self, visit_id: str) -> Any:
        return self._ask("ali", "exchange", "visit", visit_id=visit_id)

    def outcome(self, outcome_id: str) -> Any:
        return self._ask("ali", "research", "outcome", outcome_id=outcome_id)

    def quota(self) -> tuple[int, int, int, int]:
        """Visits and visitor-days used, visits and visitor-days held."""
        year = self._totals("visits"), self._totals("visitor_days")
        return year[0]["used"], year[1]["used"], year[0]["held"], year[1]["held"]

    def outcomes(self) -> int:
        return self._totals("outcomes")["reported"]

    def purposes(self, who: str) -> Counter[str]:
        return Counter(item["purpose"] for item in self._inbox(who))

    def not_sent(self, who: str) -> list[str]:
        return [item["id"] for item in self._inbox(who) if item["email"]["state"] != "sent"]

    def _inbox(self, who: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self._ask(who, "notify", "inbox", limit=200)["items"]
        return items

    def _totals(self, account: str) -> Counter[str]:
        """The agreement's condition over all its years."""
        agreement = self._ask("ali", "exchange", "agreement", agreement_id=self._memorandum.agreement)
        condition = agreement["conditions"][self._memorandum.sample["visit"]["condition"]]
        return sum((Counter(year[account]) for year in condition["balance"]), Counter())

    def _ask(self, who: str, service: str, method: str, **fields: Any) -> Any:
        return self._rpc.call(service, method, fields, actor=self._memorandum.actor(who))
