"""Harvesting as a catalogue does: requests, and what came of them, once the published schemas have judged it."""

from dataclasses import replace
from typing import Any

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived
from services.research.application.queries import AskHarvest
from services.research.domain.outcome import Outcome
from tests.fakes.research import ResearchInMemory
from tests.unit.research import given
from tests.unit.research.detailed import TOLD
from tests.xml_judge import OAI, judged

REPOSITORY, ADDRESS = "research.kashgar.example", "https://khunjerab.example/oai"
SITE = {"repository": REPOSITORY, "address": ADDRESS, "admin_email": "office@kashgar.example"}
Asked = tuple[str, str]
DC, CERIF = ("metadataPrefix", "oai_dc"), ("metadataPrefix", "oai_cerif_openaire")


def outcome_of(outcome_type: str, number: int = 1, **different: Any) -> Outcome:
    """Public, of a type, with all that may be told of it."""
    told = {**given.IN_FULL, "details": TOLD[outcome_type], "type": outcome_type, "public": True}
    return given.at("evaluation", id=f"out_{number:03}", **told | different)


def keep(research: ResearchInMemory, outcome: Outcome) -> Outcome:
    """Puts it on the shelf as it is, at the clock's moment."""
    context = Context(derived("keep", outcome.id), SYSTEM, research.clock.now())
    research.fake_outcomes.add(outcome.id, Decision(outcome, what="told"), context)
    return outcome


def change(research: ResearchInMemory, outcome_id: str, **different: Any) -> None:
    loaded = research.fake_outcomes.load(outcome_id)
    context = Context(derived("change", outcome_id, str(loaded.version)), SYSTEM, research.clock.now())
    research.fake_outcomes.save(loaded, Decision(replace(loaded.state, **different), what="told"), context)


def harvested(research: ResearchInMemory, *arguments: Asked) -> Any:
    """The document."""
    asked = AskHarvest.model_validate({"arguments": arguments, **SITE})
    return judged(research.harvest(asked, SYSTEM)["xml"])


def error(document: Any) -> str:
    """The code; empty where nothing is wrong."""
    found = document.find(f"{{{OAI}}}error")
    return "" if found is None else str(found.get("code"))


def texts(document: Any, name: str) -> list[str]:
    """Of every element of this name, whatever its namespace."""
    return [each.text or "" for each in document.iter(f"{{*}}{name}")]


def ids(document: Any) -> list[str]:
    """Of the records, without the repository; one that is told as deleted ends in `!`."""
    found = []
    for header in document.iter(f"{{{OAI}}}header"):
        outcome_id = header.findtext(f"{{{OAI}}}identifier").removeprefix(f"oai:{REPOSITORY}:")
        found.append(outcome_id + ("!" if header.get("status") == "deleted" else ""))
    return found


def token(document: Any) -> str | None:
    """`None` where there is none."""
    return next(iter(texts(document, "resumptionToken")), None)


def identifier(outcome_id: str) -> Asked:
    return "identifier", f"oai:{REPOSITORY}:{outcome_id}"


def verb(name: str) -> Asked:
    return "verb", name
