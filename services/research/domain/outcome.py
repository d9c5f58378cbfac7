"""An outcome: what came of a visit or a consultation, who owes the report, and how far it has come into practice."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from chassis.kernel.zones import zone_named
from services.research.domain.adoption import Adoption
from services.research.domain.attachments import Attachment
from services.research.domain.contributors import Contributor
from services.research.domain.details.types import Details
from services.research.domain.gates import Gate
from services.research.domain.legal.clearance import Clearance, Waiver
from services.research.domain.legal.directions import Directions
from services.research.domain.organisations import Organisation
from services.research.domain.rating import Rating
from services.research.domain.transferring import transfers

VISIT, CONSULTATION = "visit", "consultation"
"""The kinds of origin."""

EXPECTED, REPORTED, ADOPTED = "expected", "reported", "adopted"
WAIVED = "waived"
"""Nobody reports it, and nobody waits for it any more."""
WITHDRAWN = "withdrawn"
"""What it came of was entered in error, and nobody had reported; or what was reported is taken back for that."""
UNCLAIMED, REJECTED = "unclaimed", "rejected"
"""Read from a file, and nobody has said yet that it came of the exchange; or somebody said that it did not."""

LIVE = (EXPECTED, REPORTED, ADOPTED)
"""States in which something may come of it, and go from one site to another."""
MERGED = "merged"
"""It was another that stood already, which tells all of it now."""

STAGES = ("disclosure", "evaluation", "protection", "terms", "pilot", "adoption")
"""The way into practice. Before each stage but the first, which the report opens, stands a gate of the same name."""
DISCLOSURE, ADOPTION = STAGES[0], STAGES[-1]


@dataclass(frozen=True)
class Origin:
    """What an outcome came of: a visit, or the session of a consultation that `slot` names.

    `year`: the one in which the agreement counts it. `began`: its first day where it took place, or was organised.
    `title`: what it was called or for; empty in outcomes kept before this was. `sites`: those that took part in it.
    """

    kind: str
    id: str
    year: int
    began: date
    slot: datetime | None = None
    title: str = ""
    sites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reached:
    """When an outcome came to a stage. `applies` is false where the gate before the stage was found not applicable."""

    stage: str
    at: datetime
    applies: bool = True


@dataclass(frozen=True)
class Outcome:
    """`sites` are those that took part in what it came of; `zones` the IANA zone that each of them keeps.

    `origin`: the first thing that it came of, by which an agreement counts it; `also_of`: further ones. A record that
    was read from a file has none of them, no agreement, condition or field and no zones until somebody claims it; its
    sites are those for which it was read, and `due_on` is the day on which that was. `label`: what its file called it;
    `also`: what else that said, by the format's own names.

    `responsible` owes the report by the end of `due_on`; `followers` want to hear of it. `title` is that of its origin
    until somebody reports. `stage` is nothing before the report, and where its type does not transfer. `gate_due`: the
    day has come on which its next gate, once deferred, is to be decided after all. `ratings`: of its
    readiness, oldest first. `adopting_site`, `adopted_on`: of the first of `adoptions`. `overdue` ends with the report.
    `questioned`: why its origin was entered in error, where somebody had reported on it by then; people have to decide
    what becomes of it. `public`: whether whoever asks is told of it; false where that is over, nothing where nobody
    ever was.
    `details`: what its type says beyond title and summary; nothing until somebody tells, and where it was kept before
    there were any. `organisations`: who took part beside `sites`. `reached`: each stage that it came to, in their
    order. `reminders`: the days on which who owes the report is still to be reminded. `directions`: what goes from
    where to where; none until somebody states them. `clearances`, `waivers`: of what law asks for that.
    `read_by`: the import that brought it; until all of that is there, nothing of it shows. `merged_into`: the outcome
    that it was, where it was another; `merged_from`: those that were this one.
    """

    id: str
    state: str
    type: str
    title: str
    field: str
    agreement: str
    condition: str
    origin: Origin | None
    sites: tuple[str, ...]
    zones: Mapping[str, str]
    responsible: str
    followers: tuple[str, ...]
    due_on: date
    overdue: bool = False
    summary: str = ""
    doi: str = ""
    stage: str | None = None
    gates: tuple[Gate, ...] = ()
    gate_due: bool = False
    ratings: tuple[Rating, ...] = ()
    adopting_site: str | None = None
    adopted_on: date | None = None
    adoptions: tuple[Adoption, ...] = ()
    questioned: str = ""
    details: Details | None = None
    contributors: tuple[Contributor, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    also_of: tuple[Origin, ...] = ()
    label: str = ""
    also: tuple[tuple[str, str], ...] = ()
    reached: tuple[Reached, ...] = ()
    reminders: tuple[date, ...] = ()
    read_by: str = ""
    merged_into: str = ""
    merged_from: tuple[str, ...] = ()
    public: bool | None = None
    directions: Directions | None = None
    clearances: tuple[Clearance, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    @property
    def came_of(self) -> tuple[Origin, ...]:
        """Everything that it came of, the first first; nothing of a record that nobody has claimed."""
        return (self.origin, *self.also_of) if self.origin else ()

    @property
    def next_gate(self) -> str | None:
        """The gate to be decided next; there is none before the report, nor once the last has let it through."""
        if self.state != REPORTED or self.stage in (None, ADOPTION) or not transfers(self.type):
            return None
        return STAGES[STAGES.index(self.stage) + 1]

    def with_adoption(self, before: Adoption, after: Adoption) -> "Outcome":
        """With one of its adoptions as it stands now."""
        return replace(self, adoptions=tuple(after if each == before else each for each in self.adoptions))

    def latest_day(self, now: datetime) -> date:
        """The calendar day at whichever of its sites is furthest on."""
        return max(self.today(site, now) for site in self.sites)

    @property
    def is_live(self) -> bool:
        """Whether it may still go anywhere: nobody has given it up or taken it back."""
        return self.state in LIVE

    def today(self, site: str, now: datetime) -> date:
        """The calendar day at one of its sites."""
        return now.astimezone(zone_named(self.zones[site])).date()

    def day_begins(self, day: date, site: str) -> datetime:
        """When the calendar day begins at one of its sites, in UTC."""
        return datetime.combine(day, time(), zone_named(self.zones[site])).astimezone(UTC)
