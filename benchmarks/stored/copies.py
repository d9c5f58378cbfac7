"""Documents that the store wrote, again: other ids, people, places, days and moments, in the same shape."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from pymongo.collection import Collection

from benchmarks.stored.hospitals import Hospital
from chassis.store import Shape
from services.exchange.domain.visit import Visit, Visitor

Document = dict[str, Any]
State = TypeVar("State")


@dataclass(frozen=True)
class Template(Generic[State]):
    """A document that commands made, without the events that a relay would have published long ago, and its state."""

    document: Document
    state: State
    shape: Shape[State]

    @classmethod
    def read(cls, collection: Collection[Document], document_id: str, shape: Shape[State]) -> "Template[State]":
        collection.update_one({"_id": document_id}, {"$set": {"outbox": []}})
        document = collection.find_one({"_id": document_id}) or {}
        return cls(document, shape.state(document), shape)

    def again(self, state: State, document_id: str, later: timedelta) -> Document:
        """The document of another state, as if each of its commands had come so much later."""
        holds = list(self.shape.holds(state))
        return {
            **self.document,
            **self.shape.fields(state),
            "_id": document_id,
            "made_at": self.document["made_at"] + later,
            "made_by": _answer(self.document["made_by"], document_id),
            "history": [_line(line, document_id, later) for line in self.document["history"]],
            "applied": [_answer(answer, document_id) for answer in self.document["applied"]],
            **({"holds": holds} if holds else {}),
        }


@dataclass(frozen=True)
class Stay:
    """Who goes where and when, in which seat."""

    hospital: Hospital
    person: str
    arrival: date
    seat: int


def visit_of(template: Visit, visit_id: str, stay: Stay, later: timedelta) -> Visit:
    """The template's state as the visit of somebody else, elsewhere, on other days."""
    hospital, moved = stay.hospital, stay.arrival - template.planned_arrival
    (visitor,) = template.visitors
    return replace(
        template,
        id=visit_id,
        agreement=hospital.agreement,
        condition=hospital.condition,
        sending_site=hospital.sending,
        host_site=hospital.host,
        host_department=hospital.department,
        leader=stay.person,
        visitors=(_moved(replace(visitor, person=stay.person, seat=stay.seat), moved),),
        planned_arrival=stay.arrival,
        planned_departure=template.planned_departure + moved,
        actual_arrival=template.actual_arrival and template.actual_arrival + moved,
        actual_departure=template.actual_departure and template.actual_departure + moved,
        reply_by=template.reply_by + later,
        replies={party: replace(reply, at=reply.at + later) for party, reply in template.replies.items()},
    )


def _moved(visitor: Visitor, by: timedelta) -> Visitor:
    return replace(
        visitor,
        arrived_on=visitor.arrived_on and visitor.arrived_on + by,
        departed_on=visitor.departed_on and visitor.departed_on + by,
    )


def _answer(answer: Mapping[str, Any], document_id: str) -> Document:
    return {**answer, "id": _command(answer["version"], document_id)}


def _line(line: Mapping[str, Any], document_id: str, later: timedelta) -> Document:
    at: datetime = line["at"] + later
    return {**line, "at": at, "command": _command(line["version"], document_id)}


def _command(version: int, document_id: str) -> str:
    """A command id of its own for each decision, as long as a real one; the first is the document's own."""
    made_by = document_id.partition("_")[2]
    return made_by if version == 1 else f"{made_by[:-2]}{version:02x}"
