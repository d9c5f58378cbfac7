"""Plain values of research's domain to start from; each takes what a test wants to be different."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from chassis.kernel.actor import COORDINATOR, PROGRAMME_MANAGER, VISITOR, Actor
from services.research.domain.adoption import Adoption
from services.research.domain.attachments import Attachment
from services.research.domain.contributors import Contributor
from services.research.domain.entering import unattributed
from services.research.domain.evidence import Evidence
from services.research.domain.gates import Gate
from services.research.domain.needed_evidence import needed
from services.research.domain.occurrence import Occurrence
from services.research.domain.organisations import Organisation
from services.research.domain.outcome import (
    ADOPTED,
    ADOPTION,
    CONSULTATION,
    EXPECTED,
    REJECTED,
    REPORTED,
    STAGES,
    VISIT,
    WAIVED,
    Origin,
    Outcome,
    Reached,
)

NOW = datetime(2026, 5, 15, 6, 0, tzinfo=UTC)
"""Two in the afternoon in Kashgar, eleven in the morning in Gilgit."""
TOO_LATE = datetime(2026, 8, 14, tzinfo=UTC)
"""The day after the report is due: nobody is reminded of it any more."""
GILGIT, KASHGAR = "sit_gilgit", "sit_kashgar"

OF_VISIT = Origin(VISIT, "vis_1", 2026, date(2026, 5, 1), None, "Ultrasound staging", (GILGIT, KASHGAR))
SLOT = datetime(2026, 5, 1, 6, tzinfo=UTC)
OF_CONSULTATION = Origin(
    CONSULTATION, "con_1", 2026, date(2026, 5, 1), SLOT, "Cyst of the right lobe", (GILGIT, KASHGAR)
)

RESPONSIBLE = Actor("per_bano", frozenset({VISITOR}), frozenset({GILGIT}))
MANAGER = Actor("per_ali", frozenset({PROGRAMME_MANAGER}), frozenset({GILGIT}))
COORDINATOR_THERE = Actor("per_hussain", frozenset({COORDINATOR}), frozenset({GILGIT}))
COORDINATOR_HERE = Actor("per_zhang", frozenset({COORDINATOR}), frozenset({KASHGAR}))


def outcome(**different: Any) -> Outcome:
    """Expected of a visit to Kashgar by people of Gilgit, due on 13 August."""
    expected = Outcome(
        id="out_1",
        state=EXPECTED,
        type="publication",
        title="Ultrasound staging",
        field="liver echinococcosis",
        agreement="agr_1",
        condition="cnd_1",
        origin=OF_VISIT,
        sites=(GILGIT, KASHGAR),
        zones={GILGIT: "Asia/Karachi", KASHGAR: "Asia/Shanghai"},
        responsible="per_bano",
        followers=("per_ali", "per_hussain", "per_zhang"),
        due_on=date(2026, 8, 13),
    )
    return replace(expected, **different)


EVIDENCE = {
    "evaluation": "evaluation-report",
    "protection": "decision-to-publish",
    "terms": "draft-terms",
    "pilot": "pilot-protocol",
    "adoption": "pilot-report",
}
"""A kind of evidence on which each gate may be passed."""


def evidence(gate: str) -> tuple[Evidence, ...]:
    """What the gate needs."""
    return (Evidence(EVIDENCE[gate], f"On {gate}", "https://files.example/evidence.pdf"),)


def evidence_of(outcome: Outcome, gate: str) -> tuple[Evidence, ...]:
    """What the gate needs of this outcome, with what it needs of its type besides."""
    more = (Evidence(any_of[0], f"On {gate}", "Shelf 4") for any_of in needed(outcome, gate)[1:])
    return (*evidence(gate), *more)


def at(stage: str, **different: Any) -> Outcome:
    """A reported outcome that every gate up to the stage let through."""
    disclosed, *passed = STAGES[: STAGES.index(stage) + 1]
    gates = tuple(
        Gate(gate, "accepted", "", evidence(gate), "per_ali", NOW, decided_on=date(2026, 5, 14)) for gate in passed
    )
    reached = tuple(Reached(each, NOW) for each in (disclosed, *passed))
    told = {"summary": "A protocol.", "doi": "10.1000/182"}
    reported = outcome(state=REPORTED, stage=stage, gates=gates, reached=reached, **told)
    return replace(reported, **different)


USED = Adoption(GILGIT, date(2026, 5, 14), 12, 3, "Staging of cysts", "In the clinic", "per_hussain", NOW)


def adopted(*adoptions: Adoption) -> Outcome:
    """Used in Gilgit since the day before, or as said."""
    used = adoptions or (USED,)
    first = {"adopting_site": used[0].site, "adopted_on": used[0].adopted_on}
    return at(ADOPTION, state=ADOPTED, adoptions=used, **first)


IN_FULL: dict[str, Any] = {
    "details": {
        "kind": "journal-article",
        "published_in": "Acta Tropica",
        "year": 2026,
        "address": "https://journal.example/251",
    },
    "contributors": (
        Contributor("Shahida Bano", "author", "per_bano", "https://orcid.org/0000-0002-1825-0097"),
        Contributor("Chen Yong", "translator"),
    ),
    "organisations": (Organisation("California Digital Library", "https://ror.org/03yrm5c26"),),
    "attachments": (
        Attachment("Protocol", "https://files.example/protocol.pdf", "9f2c" * 16, "application/pdf", 48_211),
    ),
}
"""All that may be told of a publication beside title and summary, in its normal form."""


def waived() -> Outcome:
    return outcome(state=WAIVED)


def unclaimed(**different: Any) -> Outcome:
    """A record that was read for a visitor of Gilgit; the type needs more than its details say."""
    blank = unattributed(
        "out_1", "publication", "Doppler", responsible="per_bano", on=date(2026, 5, 10), sites=(GILGIT,)
    )
    details = {"published_in": "Acta Tropica", "year": 2026}
    return replace(blank, **{"details": details, "label": "bano2026", "also": (("bibtex:note", "x"),), **different})


def visit_of_may(**different: Any) -> Occurrence:
    """The visit of `OF_VISIT`, as it took place."""
    kept = Occurrence(
        kind=VISIT,
        id="vis_1",
        slot=None,
        agreement="agr_1",
        condition="cnd_1",
        field="liver echinococcosis",
        title="Ultrasound staging",
        year=2026,
        began=date(2026, 5, 1),
        sites=(GILGIT, KASHGAR),
        zones={GILGIT: "Asia/Karachi", KASHGAR: "Asia/Shanghai"},
        lead="per_bano",
        people=("per_bano", "per_karim"),
        followers=("per_ali", "per_hussain", "per_zhang"),
    )
    return replace(kept, **different)


EVERY_KIND = (
    outcome(),
    outcome(overdue=True),
    *(at(stage) for stage in STAGES),
    at("pilot", questioned="Entered twice."),
    adopted(),
    waived(),
    unclaimed(),
    unclaimed(state=REJECTED),
)
"""An outcome in every state and at every stage."""
