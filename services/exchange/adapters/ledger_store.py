"""Quota ledgers on MongoDB: small documents whose numbers move by conditional increments."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.collection import Collection

from chassis.kernel.errors import Unknown, WriteConflict
from chassis.store import store_faults
from services.exchange.domain.ledger import Account, CountedOutcome, Ledger, Move

Document = dict[str, Any]

_TOLD = ("outcome", "type", "visit", "consultation", "sequence")
"""What is kept of a counted outcome, beside what counts it; empty where it is not known."""


class LedgerStore:
    """`Ledgers` on MongoDB. `left` stands beside `used` and `held`, so that the database itself refuses to overdraw."""

    def __init__(self, ledgers: Collection[Document], effects: Collection[Document]) -> None:
        self._ledgers, self._effects = ledgers, effects

    def open(self, ledgers: Sequence[Ledger], within: ClientSession) -> None:
        with store_faults(within):
            self._ledgers.insert_many([_document(ledger) for ledger in ledgers], session=within)

    def load(self, ledger_id: str) -> Ledger:
        with store_faults():
            document = self._ledgers.find_one({"_id": ledger_id})
        if document is None:
            raise Unknown(kind="ledger", id=ledger_id)
        return _ledger(document)

    def of_agreement(self, agreement_id: str) -> list[Ledger]:
        with store_faults():
            return [_ledger(document) for document in self._ledgers.find({"agreement": agreement_id}).sort("_id")]

    def promise(self, wanted: Ledger, within: ClientSession) -> None:
        stands = self.load(wanted.id)
        fits: Document = {}
        more: dict[str, int] = {}
        for name, before, after in (
            ("visits", stands.visits.promised, wanted.visits.promised),
            ("visitor_days", stands.visitor_days.promised, wanted.visitor_days.promised),
        ):
            fits[f"{name}.promised"] = before
            more |= {f"{name}.promised": after - before, f"{name}.left": after - before}
            if after < before:
                fits[f"{name}.left"] = {"$gte": before - after}
        terms = {"outcomes_promised": wanted.outcomes_promised, "closed": False, **_days(wanted)}
        with store_faults(within):
            update = {"$inc": more, "$set": terms}
            result = self._ledgers.update_one({"_id": wanted.id, **fits}, update, session=within)
        if result.matched_count == 0:
            self.load(wanted.id).must_allow(wanted)
            # Somebody gave back, or promised otherwise, in between: the caller's next try sees it.
            raise WriteConflict(id=wanted.id)

    def close(self, ledger_id: str, within: ClientSession) -> None:
        with store_faults(within):
            self._ledgers.update_one({"_id": ledger_id}, {"$set": {"closed": True}}, session=within)

    def move(self, move: Move, within: ClientSession) -> None:
        if not self._move(move.ledger, _amounts(move), within, _fits(move)):
            self.load(move.ledger).must_take(move.held, move.covering)
            # Somebody gave back in between: the caller's next try sees it.
            raise WriteConflict(id=move.ledger)

    def count_outcome(self, counts: Mapping[str, CountedOutcome]) -> None:
        def all_of_them(within: ClientSession) -> None:
            for ledger_id, counted in sorted(counts.items()):
                self._count_once(ledger_id, counted, within)

        with store_faults(), self._ledgers.database.client.start_session() as session:
            session.with_transaction(all_of_them)

    def take_off_outcome(self, outcome: str, at: datetime, told: str) -> None:
        with store_faults(), self._ledgers.database.client.start_session() as session:
            session.with_transaction(lambda within: self._take_off(outcome, at, told, within))

    def outcomes(self, ledger_ids: Iterable[str], until: datetime) -> list[CountedOutcome]:
        # Negated, so that what was counted before there were moments is among them.
        where = {"on": {"$in": list(ledger_ids)}, "at": {"$not": {"$gt": until}}, "off": {"$not": {"$lte": until}}}
        with store_faults():
            return [_counted(found) for found in self._effects.find(where).sort("_id")]

    def _count_once(self, ledger_id: str, counted: CountedOutcome, within: ClientSession) -> None:
        if self._effects.find_one({"_id": counted.effect}, session=within):
            return
        self._effects.insert_one(_effect(ledger_id, counted), session=within)
        if not self._move(ledger_id, {"outcomes_reported": 1}, within):
            raise Unknown(kind="ledger", id=ledger_id)

    def _take_off(self, outcome: str, at: datetime, told: str, within: ClientSession) -> None:
        # What was counted before sequences were kept was told before anything was counted again.
        of_it = self._effects.find({"outcome": outcome}, session=within).sort("on")
        counted = [each for each in of_it if each.get("sequence", "") < told]
        if not counted:
            raise Unknown(kind="outcome", id=outcome)
        for each in counted:
            on_it = {"_id": each["_id"], "off": None}
            if self._effects.update_one(on_it, {"$set": {"off": at}}, session=within).matched_count:
                self._move(each["on"], {"outcomes_reported": -1}, within)

    def _move(
        self, ledger_id: str, amounts: dict[str, int], within: ClientSession, fits: Document | None = None
    ) -> bool:
        with store_faults(within):
            result = self._ledgers.update_one({"_id": ledger_id, **(fits or {})}, {"$inc": amounts}, session=within)
        return result.matched_count == 1


def _amounts(move: Move) -> dict[str, int]:
    """Increments of both accounts; what is left falls by what is held and used.

    What only asks for days writes, too: the database lets two transactions read one document, but not write it.
    """
    return {
        f"{account}.{part}": amount
        for account, held, used in (
            ("visits", move.held.visits, move.used.visits),
            ("visitor_days", move.held.visitor_days, move.used.visitor_days),
        )
        for part, amount in (("held", held), ("used", used), ("left", -held - used))
    } | {"planned_days": move.planned_days, "covered": 1 if move.covering else 0}


def _fits(move: Move) -> Document:
    """What has to be so for so much more to be held or booked, on those days; nothing, where nothing is."""
    asked = {"visits.left": move.held.visits, "visitor_days.left": move.held.visitor_days}
    enough: Document = {left: {"$gte": amount} for left, amount in asked.items() if amount > 0}
    fits = {"closed": False, **enough} if enough or move.covering else {}
    if move.covering:
        # Negated, so that a ledger kept before there were such days covers all of them.
        fits["first_day"] = {"$not": {"$gt": move.covering[0].isoformat()}}
        fits["last_day"] = {"$not": {"$lt": move.covering[1].isoformat()}}
    return fits


def _document(ledger: Ledger) -> Document:
    return {
        "_id": ledger.id,
        "agreement": ledger.agreement,
        "condition": ledger.condition,
        "year": ledger.year,
        "visits": _account_document(ledger.visits),
        "visitor_days": _account_document(ledger.visitor_days),
        "outcomes_promised": ledger.outcomes_promised,
        "outcomes_reported": ledger.outcomes_reported,
        "closed": ledger.closed,
        "planned_days": ledger.planned_days,
        **_days(ledger),
    }


def _effect(ledger_id: str, counted: CountedOutcome) -> Document:
    told = {name: getattr(counted, name) for name in ("condition", *_TOLD)}
    return {"_id": counted.effect, "on": ledger_id, "at": counted.at, **told}


def _counted(found: Document) -> CountedOutcome:
    condition = "_".join(found["on"].split("_")[3:5])
    told = {name: found.get(name) or "" for name in _TOLD}
    return CountedOutcome(found["_id"], found.get("condition", condition), **told, at=found.get("at"))


def _days(ledger: Ledger) -> Document:
    return {"first_day": ledger.first_day.isoformat(), "last_day": ledger.last_day.isoformat()}


def _account_document(account: Account) -> Document:
    return {"promised": account.promised, "used": account.used, "held": account.held, "left": account.left}


def _ledger(document: Document) -> Ledger:
    return Ledger(
        id=document["_id"],
        agreement=document["agreement"],
        condition=document["condition"],
        year=document["year"],
        visits=_account(document["visits"]),
        visitor_days=_account(document["visitor_days"]),
        outcomes_promised=document["outcomes_promised"],
        outcomes_reported=document["outcomes_reported"],
        closed=document["closed"],
        first_day=date.fromisoformat(document.get("first_day", date.min.isoformat())),
        last_day=date.fromisoformat(document.get("last_day", date.max.isoformat())),
        planned_days=document.get("planned_days", 0),
    )


def _account(document: Document) -> Account:
    return Account(document["promised"], document["used"], document["held"])
