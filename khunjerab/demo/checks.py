"""What has to be true when the story is over, asked of the running services."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from chassis.rpc.client import RpcClient
from khunjerab.demo.acts.accounting import figures
from khunjerab.demo.check import Check
from khunjerab.demo.checks_of_practice import checks_of_practice
from khunjerab.demo.mailbox import Mail
from khunjerab.demo.memorandum import Memorandum
from khunjerab.demo.pages import Browser
from khunjerab.demo.stage import Stage
from khunjerab.demo.told import EVENTS, MESSAGES


@dataclass(frozen=True)
class Traces:
    """What the story left behind outside the services: events on the broker, mails at the mail server, dead letters."""

    events: Callable[[], list[str]]
    mails: Callable[[], list[Mail]]
    dead_letters: Callable[[], int]


def checks(stage: Stage, traces: Traces) -> Iterator[Check]:
    """Every expected effect, in the order in which it comes about."""
    ask, ids = _Asking(stage.rpc, stage.memorandum), stage.ids
    visit = stage.memorandum.sample["visit"]
    days = len(visit["visitors"]) * (visit["for_days"] + 1)
    yield Check("the spreadsheet's hospital has joined", lambda: ask.hospitals("Hunza District Hospital"), 1)
    yield Check("the consultation is fulfilled, and what it asked for is done", lambda: _consulted(stage), True)
    yield from _letters(ask, stage, len(visit["visitors"]))
    yield Check("the visit is fulfilled", lambda: ask.visit(ids["visit"])["state"], "fulfilled")
    yield Check("the quota counts the visit and its days once, and holds nothing", ask.quota, (1, days, 0, 0))
    yield Check("the agreement's balance counts one reported outcome", ask.outcomes, 1)
    yield Check("the outcome is adopted", lambda: ask.outcome(ids["outcome"])["state"], "adopted")
    yield from checks_of_practice(stage)
    yield Check("each event came by on the broker, as often as it happened", lambda: _story_of(traces.events()), EVENTS)
    told = {"A1.0b": 1.0, "A1.0f": float(days), "A1.0h": 1.0, "E1.1b": 83250.5}
    yield Check(
        "the annual report counts the visit, its days, its outcome and its costs", lambda: _told(stage, told), told
    )
    for who, wanted in MESSAGES.items():
        yield from _messages(ask, stage.memorandum, who, wanted, traces)
    yield Check("what nobody answered went on to the deputy, once", lambda: ask.purposes("chen")["reply-overdue"], 1)
    yield Check("the booking was told in three languages, each reader's own", lambda: _tongues(stage, traces), TONGUES)
    yield Check("the hospital's own system heard each step of the visit", lambda: _system(stage), OF_VISITS)
    yield Check("no event became a dead letter", traces.dead_letters, 0)


TONGUES = {"ali": "en", "zhang": "zh", "bano": "ur"}
OF_VISITS = Counter({event: times for event, times in EVENTS.items() if event.startswith("exchange.visit.")})


def _tongues(stage: Stage, traces: Traces) -> dict[str, str]:
    """The language in which each of three people had the mails about the visit."""
    about = [mail for mail in traces.mails() if mail.thread == stage.ids["visit"]]
    spoken = {who: {mail.language for mail in about if mail.address == stage.memorandum.email(who)} for who in TONGUES}
    return {who: ", ".join(sorted(languages)) for who, languages in spoken.items()}


def _system(stage: Stage) -> Counter[str]:
    return Counter(stage.system.told.values())


def _letters(ask: "_Asking", stage: Stage, visitors: int) -> Iterator[Check]:
    made_anew = Counter(superseded=visitors, issued=visitors)
    yield Check("each letter was made anew when the visit moved", lambda: ask.letters(stage.ids["visit"]), made_anew)
    yield Check("the code of the first letter is known, and stands no more", lambda: _stands_no_more(stage), True)


def _consulted(stage: Stage) -> bool:
    shown = stage.call("ali", "consultation", consultation_id=stage.ids["consultation"])
    is_done = [action["state"] for action in shown["actions"]] == ["done"]
    return shown["state"] == "fulfilled" and is_done and all(case["opinion"] for case in shown["cases"])


def _stands_no_more(stage: Stage) -> bool:
    """As anybody sees it, without an account."""
    page = Browser(stage.web_url).open(f"/check?code={stage.ids['code']}")
    return "This letter does not stand any more." in page.text


def _told(stage: Stage, codes: Iterable[str]) -> dict[str, float]:
    """These figures, as the spreadsheet has them."""
    printed = figures(stage)
    return {code: float(printed[code]) for code in codes}


def _messages(
    ask: "_Asking", memorandum: Memorandum, who: str, wanted: Counter[str], traces: Traces
) -> Iterator[Check]:
    name, address = memorandum.name(who), memorandum.email(who)
    yield Check(f"{name} has each message in the inbox", lambda: ask.purposes(who), wanted)
    yield Check(f"{name}: notify says that each was sent", lambda: ask.not_sent(who), [])
    yield Check(f"{name}: the mail server received each once", lambda: _mailed_to(traces, address), wanted.total())


def _mailed_to(traces: Traces, address: str) -> int:
    return sum(mail.address == address for mail in traces.mails())


def _story_of(event_types: list[str]) -> Counter[str]:
    return Counter(event_type for event_type in event_types if event_type in EVENTS)


class _Asking:
    """The questions, asked as people of the sample."""

    def __init__(self, rpc: RpcClient, memorandum: Memorandum) -> None:
        self._rpc, self._memorandum = rpc, memorandum

    def hospitals(self, name: str) -> int:
        return sum(site["names"]["en"] == name for site in self._ask("ali", "exchange", "sites")["items"])

    def letters(self, visit_id: str) -> Counter[str]:
        """How many stand, and how many once did."""
        letters = self._ask("zhang", "exchange", "letters", visit_id=visit_id)["items"]
        return Counter(letter["state"] for letter in letters)

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
        return [item["id"] for item in self._inbox(who) if not _mailed(item)]

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


def _mailed(item: dict[str, Any]) -> bool:
    return {"channel": "email", "state": "sent"} in item["deliveries"]
