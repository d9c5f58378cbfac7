"""Stands in for the services: answers as they do, from `web_samples`, and changes state as far as pages can show it."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chassis.kernel.actor import Actor
from chassis.rpc.client import Refused
from tests import web_agreements_and_outcomes as more
from tests import web_samples as samples


@dataclass(frozen=True)
class Asked:
    """One call as the gateway saw it."""

    service: str
    method: str
    fields: dict[str, Any]
    actor: Actor
    command_id: str | None


@dataclass
class FakeGateway:
    """`failing` maps `service.method`, or `service`, to what calling it raises; `asked` are the calls so far."""

    failing: dict[str, Exception] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.visits, self.agreements = copy.deepcopy(samples.visits()), copy.deepcopy(more.agreements())
        self.outcomes, self.messages = copy.deepcopy(more.outcomes()), copy.deepcopy(more.messages())

    def call(
        self,
        service: str,
        method: str,
        fields: Mapping[str, Any],
        actor: Actor,
        command_id: str | None = None,
        timeout: float = 5.0,
    ) -> Any:
        self.asked.append(Asked(service, method, dict(fields), actor, command_id))
        for failing in (f"{service}.{method}", service):
            if failing in self.failing:
                raise self.failing[failing]
        return copy.deepcopy(getattr(self, f"{service}_{method}")(**fields))

    def commands(self) -> list[Asked]:
        """The calls that were commands."""
        return [each for each in self.asked if each.command_id]

    def exchange_visits(self, state: str | None, after: str | None, limit: int) -> Any:
        lines = [samples.visit_line(view) for view in self.visits.values() if state in (None, view["state"])]
        return {"items": lines[:limit], "next": None}

    def exchange_visit(self, visit_id: str) -> Any:
        return _known(self.visits, "visit", visit_id)

    def exchange_agreements(self) -> Any:
        return {"items": [{key: view[key] for key in more.SUMMARY} for view in self.agreements.values()]}

    def exchange_agreement(self, agreement_id: str) -> Any:
        return _known(self.agreements, "agreement", agreement_id)

    def exchange_sites(self) -> Any:
        return samples.sites()

    def exchange_people(self) -> Any:
        return samples.people()

    def exchange_propose_visit(self, purpose: str, **fields: Any) -> Any:
        made = samples.visit("vis_new", "proposed", purpose, may=["cancel_visit"])
        return self._kept(self.visits, made)

    def exchange_reply_to_visit(self, visit_id: str, party: str, status: str, reason: str, expected_version: int) -> Any:
        view = self._changed(self.visits, visit_id, expected_version)
        view["state"] = {"accepted": "booked", "declined": "cancelled"}.get(status, view["state"])
        view["replies"][party] = samples.reply(status, "zhang", "2026-11-23T04:30:00+00:00", reason)
        view["history"].append(samples.line("2026-11-23T04:30:00+00:00", "zhang", f"{status} by {party}", view["version"], reason))
        view["may"] = ["cancel_visit"]
        return self._kept(self.visits, view)

    def exchange_cancel_visit(self, visit_id: str, reason: str, expected_version: int) -> Any:
        view = self._changed(self.visits, visit_id, expected_version) | {"state": "cancelled", "may": []}
        return self._kept(self.visits, view)

    def exchange_record_arrival(self, visit_id: str, arrived_on: str, expected_version: int) -> Any:
        view = self._changed(self.visits, visit_id, expected_version)
        return self._kept(self.visits, view | {"state": "arrived", "actual_arrival": arrived_on, "may": ["fulfil_visit"]})

    def exchange_fulfil_visit(self, visit_id: str, departed_on: str, report: str, expected_version: int) -> Any:
        view = self._changed(self.visits, visit_id, expected_version)
        return self._kept(self.visits, view | {"state": "fulfilled", "actual_departure": departed_on, "report": report})

    def exchange_approve_agreement(self, agreement_id: str, text_hash: str, expected_version: int) -> Any:
        view = self._changed(self.agreements, agreement_id, expected_version)
        return self._kept(self.agreements, view | {"state": "in-effect", "may": []})

    def research_outcomes(
        self, limit: int = 50, visit_id: str | None = None, stage: str | None = None, after: str | None = None
    ) -> Any:
        found = [
            {key: view[key] for key in more.OUTCOME_LINE}
            for view in self.outcomes.values()
            if visit_id in (None, view["visit"]) and stage in (None, view["stage"])
        ]
        return {"items": found, "next": None}

    def research_outcome(self, outcome_id: str) -> Any:
        return _known(self.outcomes, "outcome", outcome_id)

    def research_report_outcome(
        self, outcome_id: str, title: str, summary: str, doi: str, expected_version: int
    ) -> Any:
        view = self._changed(self.outcomes, outcome_id, expected_version)
        reported = {"state": "reported", "stage": "disclosure", "title": title, "summary": summary, "doi": doi, "may": []}
        return self._kept(self.outcomes, view | reported)

    def research_decide_gate(
        self, outcome_id: str, gate: str, decision: str, reason: str, evidence: str, expected_version: int
    ) -> Any:
        view = self._changed(self.outcomes, outcome_id, expected_version)
        view["gates"].append(more.gate(gate, decision, "2026-11-23T04:30:00+00:00", reason, evidence))
        return self._kept(self.outcomes, view)

    def research_confirm_adoption(
        self, outcome_id: str, adopting_site: str, adopted_on: str, note: str, expected_version: int
    ) -> Any:
        view = self._changed(self.outcomes, outcome_id, expected_version)
        adopted = {"state": "adopted", "adopting_site": adopting_site, "adopted_on": adopted_on, "may": []}
        return self._kept(self.outcomes, view | adopted)

    def notify_inbox(self, limit: int, after: str | None = None) -> Any:
        waiting = sum(not each["read_at"] for each in self.messages)
        return {"unread": waiting, "items": self.messages[:limit], "next": None}

    def notify_mark_read(self, notification_id: str) -> Any:
        for each in self.messages:
            if each["id"] == notification_id:
                each["read_at"] = "2026-11-23T04:30:00+00:00"
                return {"id": notification_id, "version": 3, "state": "sent"}
        raise Refused("Unknown", {"kind": "notification", "id": notification_id})

    def _changed(self, kept: dict[str, Any], identity: str, expected_version: int) -> dict[str, Any]:
        view = _known(kept, "document", identity)
        if view["version"] != expected_version:
            raise Refused("StaleVersion", {"id": identity, "expected": expected_version, "actual": view["version"]})
        return view | {"version": view["version"] + 1}

    def _kept(self, kept: dict[str, Any], view: dict[str, Any]) -> dict[str, Any]:
        kept[view["id"]] = view
        return {key: view[key] for key in ("id", "version", "state")}


def _known(kept: dict[str, Any], kind: str, identity: str) -> dict[str, Any]:
    if identity not in kept:
        raise Refused("Unknown", {"kind": kind, "id": identity})
    view: dict[str, Any] = kept[identity]
    return view
