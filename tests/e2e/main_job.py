"""The main job over RPC, with every id fixed: whatever happens in between, it has to end in the same state."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from pymongo.database import Database

from chassis.clock import DemoClock
from chassis.kernel.ids import derived
from chassis.rpc.client import CallTimedOut, RpcClient, ServiceFailed, ServiceUnavailable
from khunjerab.demo.memorandum import Memorandum, load_memorandum
from services.notify.domain.reminders.table import PURPOSES as REMINDED
from services.notify.domain.telling import PURPOSES as TOLD
from tests.probes import Finding, eventually

PATIENCE = 60.0
Json = dict[str, Any]
Value = TypeVar("Value")


@dataclass
class MainJob:
    """Plays the job against running services. `rpc` calls them as web does, `clock` is the one they read."""

    rpc: RpcClient
    clock: DemoClock

    def play(self) -> Memorandum:
        """Everything from the memorandum to the adoption; returns when research confirmed the adoption."""
        memorandum, visit = self.book()
        self.clock.advance(timedelta(days=memorandum.sample["visit"]["in_days"]))
        self._attend(memorandum, visit)
        self._adopt(memorandum, self._outcome_of(memorandum, visit))
        return memorandum

    def book(self) -> tuple[Memorandum, str]:
        """The first part of it: the memorandum in effect, and the id of a visit that is booked under it."""
        memorandum = self._persistently(lambda: load_memorandum(self.rpc, self.clock.now().date()), "load")
        self._approve(memorandum)
        return memorandum, self._book(memorandum)

    def _approve(self, memorandum: Memorandum) -> None:
        for who in ("li", "gulnar", "ali"):
            agreement = self._ask(memorandum, who, "exchange", "agreement", agreement_id=memorandum.agreement)
            self._tell(
                memorandum, who, "exchange", "approve_agreement",
                agreement_id=memorandum.agreement, text_hash=agreement["text_hash"],
                expected_version=agreement["version"],
            )  # fmt: skip

    def _book(self, memorandum: Memorandum) -> str:
        wanted = memorandum.sample["visit"]
        agreement = self._ask(memorandum, "ali", "exchange", "agreement", agreement_id=memorandum.agreement)
        arrival = self.clock.now().date() + timedelta(days=wanted["in_days"])
        proposed = self._tell(
            memorandum, "ali", "exchange", "propose_visit",
            agreement_id=memorandum.agreement,
            condition_id=agreement["conditions"][wanted["condition"]]["id"],
            host_department=self._department(memorandum, wanted["host_department"]),
            visitors=[memorandum.person(key) for key in wanted["visitors"]],
            leader=memorandum.person(wanted["leader"]),
            planned_arrival=arrival.isoformat(),
            planned_departure=(arrival + timedelta(days=wanted["for_days"])).isoformat(),
            purpose=wanted["purpose"],
        )  # fmt: skip
        self._tell(
            memorandum, "zhang", "exchange", "reply_to_visit",
            visit_id=proposed["id"], party="host-department", status="accepted", expected_version=1,
        )  # fmt: skip
        return str(proposed["id"])

    def _attend(self, memorandum: Memorandum, visit: str) -> None:
        self._tell(
            memorandum, "zhang", "exchange", "record_arrival",
            visit_id=visit, arrived_on=self.clock.now().date().isoformat(), expected_version=2,
        )  # fmt: skip
        self.clock.advance(timedelta(days=memorandum.sample["visit"]["for_days"]))
        self._tell(
            memorandum, "zhang", "exchange", "fulfil_visit",
            visit_id=visit, departed_on=self.clock.now().date().isoformat(), report="Went well.", expected_version=3,
        )  # fmt: skip

    def _outcome_of(self, memorandum: Memorandum, visit: str) -> str:
        def opened() -> Finding[list[Json]]:
            found: list[Json] = self._ask(memorandum, "ali", "research", "outcomes", visit_id=visit)["items"]
            return Finding(found, len(found) == 1, f"one outcome of {visit}")

        return str(eventually(opened, timeout=PATIENCE).value[0]["id"])

    def _adopt(self, memorandum: Memorandum, outcome: str) -> None:
        written = memorandum.sample["outcome"]
        self._tell(
            memorandum, "bano", "research", "report_outcome",
            outcome_id=outcome, title=written["title"], summary=written["summary"], expected_version=1,
        )  # fmt: skip
        gates = {
            "evaluation": ["evaluation-report"], "protection": ["decision-to-publish"], "terms": ["open-licence"],
            "pilot": ["pilot-protocol", "committee-review"], "adoption": ["pilot-report"],
        }  # fmt: skip
        for version, (gate, kinds) in enumerate(gates.items(), start=2):
            told = {"title": "Minutes of the meeting", "reference": f"Research office, {gate}"}
            evidence = [{"kind": kind, **told} for kind in kinds]
            self._tell(
                memorandum, "ali", "research", "decide_gate",
                outcome_id=outcome, gate=gate, decision="accepted", evidence=evidence, expected_version=version,
            )  # fmt: skip
        self._tell(
            memorandum, "hussain", "research", "confirm_adoption",
            outcome_id=outcome, adopting_site=memorandum.site("gilgit"),
            adopted_on=self.clock.now().date().isoformat(), expected_version=2 + len(gates),
        )  # fmt: skip

    def _department(self, memorandum: Memorandum, name: str) -> str:
        sites = self._ask(memorandum, "ali", "exchange", "sites")["items"]
        departments = [department for site in sites for department in site["departments"]]
        return str(next(department["id"] for department in departments if department["names"]["en"] == name))

    def _ask(self, memorandum: Memorandum, who: str, service: str, method: str, **fields: Any) -> Any:
        call = lambda: self.rpc.call(service, method, fields, actor=memorandum.actor(who))  # noqa: E731
        return self._persistently(call, f"{service}.{method}")

    def _tell(self, memorandum: Memorandum, who: str, service: str, method: str, **fields: Any) -> Any:
        command_id = derived("main-job", method, str(fields.get("gate", who)))
        call = lambda: self.rpc.call(  # noqa: E731
            service, method, fields, actor=memorandum.actor(who), command_id=command_id, timeout=3
        )
        return self._persistently(call, f"{service}.{method}")

    def _persistently(self, call: Callable[[], Value], what: str) -> Value:
        """As a person would: no answer means asking again with the same command id."""

        answers: list[Value] = []

        def answered() -> Finding[str]:
            try:
                answers.append(call())
            except (CallTimedOut, ServiceUnavailable, ServiceFailed) as error:
                return Finding(repr(error), False, f"an answer of {what}")
            return Finding("", True, what)

        eventually(answered, timeout=PATIENCE)
        return answers[-1]


_MOMENTS = {"at", "time", "traceparent", "reply_by", "in_force_since", "since", "moment", "attempts", "seat", "holds"}
_OF_THE_MOMENT = {
    "calendars": {"files"},
    "notifications": {"applied", "command", "deliveries", "history", "version"},
    "reminders": {"applied", "awaited", "history", "known", "made_by", "told", "version"},
    "escalations": {"applied", "ended", "history", "known", "made_by", "version"},
    "sites": {"sequence"},
    "tracks": {"applied", "history", "made_by", "reminded", "told", "version"},
}
"""A calendar file says when it was written. The commands that record an attempt to send have its moment in their ids.
What is known of a site is as old as the event that told of it. A track follows the visit as it stands when an event
about it comes: in how many steps it gets where it has to be depends on who was late, and whether somebody was told
of an overdue step on whether the timer or the visitor came first. So it is with reminders. Of a message it is left
out whether its mail went out or had turned pointless by then.
"""


BY_TIME = {*REMINDED, *(purpose for purpose in TOLD if purpose.startswith(("step-", "dates-", "record-")))}


_NOTES_OF_WORKERS = {"marks", "common_keys", "reply_links", "claims", "tickets"}
"""How far a worker has come through all outcomes, what it counted, and what it is sending: as it happens, and nobody's
decision. A link is made when a mail is written, under a key of each installation's own.
"""


def final_state(databases: Iterable[tuple[Database[Json], Iterable[str]]]) -> Json:
    """What each collection holds, without what is bound to differ between two runs: moments, attempts and chance."""
    return {
        f"{name}.{document['_id']}": _comparable(document, _MOMENTS | _OF_THE_MOMENT.get(name, set()))
        for database, collections in databases
        for name in collections
        if name not in _NOTES_OF_WORKERS
        for document in database[name].find()
        if not by_time(document)
    }


def by_time(document: Json) -> bool:
    """Whether it is a message that time brought about, not somebody: a reminder, or what is said of a step of a track.

    Whether one still went out depends on whether the timer or what it waited for came first.
    """
    return str(document.get("purpose")) in BY_TIME


def _comparable(value: Any, left_out: set[str]) -> Any:
    if isinstance(value, dict):
        kept = {key for key in value if key not in left_out and not key.endswith("_at")}
        return {key: _comparable(value[key], left_out) for key in kept}
    if isinstance(value, list):
        return [_comparable(part, left_out) for part in value]
    return None if isinstance(value, datetime) else value


def differences(one: Any, other: Any, where: str = "") -> list[str]:
    """Where two states differ, a line each."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = sorted({*one, *other})
        return [line for key in keys for line in differences(one.get(key), other.get(key), f"{where}/{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [
            line
            for at, (a, b) in enumerate(zip(one, other, strict=True))
            for line in differences(a, b, f"{where}/{at}")
        ]
    return [] if one == other else [f"{where}: {one!r} and {other!r}"]
