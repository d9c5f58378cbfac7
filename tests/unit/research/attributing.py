"""Visits and sessions that took place, told to research in memory, and commands about what came of them."""

from typing import Any

from chassis.commands import parsed
from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.ids import derived
from contracts.envelope import CloudEvent, sequence
from contracts.exchange.consultations import ConsultationSessionHeld
from contracts.exchange.v1 import PersonChanged, VisitFulfilled
from services.research.application import commands
from services.research.bootstrap import Research
from tests.event_factory import make_event
from tests.unit.research import given
from tests.unit.research.mistakes import event_of
from tests.unit.research.test_commands import VISIT, site

SLOT = "2026-05-05T06:00:00+00:00"
HOTAN = "sit_hotan"

OF_VISIT_1, OF_VISIT_2 = {"visit_id": "vis_1"}, {"visit_id": "vis_2"}
OF_SESSION = {"consultation_id": "con_1", "slot": SLOT}

SESSION: dict[str, Any] = {
    "consultation": "con_1",
    "agreement": "agr_2",
    "condition": "cnd_2",
    "field": "telemedicine",
    "title": "Cyst of the right lobe",
    "organiser": "per_li",
    "chair": "per_chen",
    "attended": ["per_chen", "per_maryam"],
    "sites": [site(given.KASHGAR, "Asia/Shanghai", "per_zhang"), site(HOTAN, "Asia/Shanghai", "per_li")],
    "zone": "Asia/Shanghai",
    "slot": SLOT,
    "sessions": [{"slot": SLOT, "begins": SLOT, "ends": SLOT.replace("06", "07"), "state": "fulfilled"}],
    "finding": "",
    "expected_outcome": None,
}


def visit(**different: Any) -> CloudEvent:
    """A fulfilled visit of which nothing is expected."""
    told = {**VISIT, "agreement": "agr_1", "condition": "cnd_1", "field": "medical imaging", "expected_outcome": None}
    return event_of(VisitFulfilled, "visit", **{**told, "visitors": ["per_bano"], **different})


def session(**different: Any) -> CloudEvent:
    return event_of(ConsultationSessionHeld, "consultation", **{**SESSION, **different})


def person(person_id: str, *sites: str, version: int = 1) -> CloudEvent:
    envelope = {"subject": f"person/{person_id}", "sequence": sequence(version, 0)}
    named = {"passport_name": person_id.removeprefix("per_").title(), "sites": list(sites)}
    return CloudEvent.model_validate(make_event(PersonChanged.type, envelope=envelope, **named))


def give(research: Research, verb: str, actor: Actor, version: int | None = None, **fields: Any) -> Receipt:
    """A command's answer; the same fields by the same actor are the same command."""
    kind = getattr(commands, "".join(word.capitalize() for word in verb.split("_")))
    seen = {} if version is None else {"expected_version": version}
    command_id = derived(verb, str(actor.person), str(version), repr(sorted(fields.items())))
    context = Context(command_id, actor, research.clock.now(), version)
    receipt: Receipt = getattr(research, verb)(parsed(kind, fields | seen), context)
    return receipt
