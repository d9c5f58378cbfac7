"""An agreement track: who drafts, reviews and signs what goes between two sites, and whom it waits for."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.research.domain.agreement_tracks.definitions import PROVIDER, RECIPIENT, Definition
from services.research.domain.legal.directions import Direction
from services.research.domain.legal.paper import Paper
from services.research.domain.legal.validity import day_of, end_of

OPEN, IN_FORCE, EXPIRED, ENDED = "open", "in-force", "expired", "ended"
STATES = (OPEN, IN_FORCE, EXPIRED, ENDED)


@dataclass(frozen=True)
class Side:
    """A site and the IANA zone that it keeps: its days are those there."""

    site: str
    zone: str


@dataclass(frozen=True)
class Step:
    """A step and, once it was taken, by whom, when and with which words."""

    definition: Definition
    taken_by: str | None = None
    taken_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class Waiting:
    """Whose turn it is, since when, and until which day there. `told`: that it is late was told."""

    side: str
    site: str
    zone: str
    step: str
    since: datetime
    due_on: date
    told: bool = False

    @property
    def ends(self) -> datetime:
        """The moment from which on it is late."""
        return end_of(self.due_on, self.zone)


@dataclass(frozen=True)
class Return:
    """It was sent back: from which step to which, by whom, and why."""

    step: str
    to_step: str
    side: str
    by: str | None
    reason: str


def other_than(side: str) -> str:
    """The side across from this one."""
    return RECIPIENT if side == PROVIDER else PROVIDER


@dataclass(frozen=True)
class Widening:
    """An outcome that one `side` proposed the agreement to serve, too. The other, at `site`, is to agree."""

    outcome: str
    side: str
    site: str
    by: str | None
    at: datetime
    reason: str

    @property
    def waits_for(self) -> str:
        """The side that is to agree."""
        return other_than(self.side)


@dataclass(frozen=True)
class AgreementTrack:
    """`outcomes` are those that it serves; `followers` whoever owes or follows one of them, and who opened it.

    `text` is what is signed; `expires_on` the last day on which it is to be in force, at the provider's. `waiting` is
    nothing once it is signed or over. `returned`: the last time it was sent back. `told`: of its coming end.
    `widenings`: outcomes that one side wants it to serve, too; none of them is served yet.
    """

    id: str
    state: str
    kind: str
    title: str
    outcomes: tuple[str, ...]
    provider: Side
    recipient: Side
    followers: tuple[str, ...]
    steps: tuple[Step, ...]
    waiting: Waiting | None = None
    text: Paper | None = None
    expires_on: date | None = None
    in_force_from: date | None = None
    returned: Return | None = None
    told: tuple[str, ...] = ()
    ended: str = ""
    widenings: tuple[Widening, ...] = ()

    @property
    def goes(self) -> Direction:
        """What it is about goes from the provider to the recipient."""
        return Direction(self.provider.site, self.recipient.site)

    @property
    def sites(self) -> tuple[str, str]:
        return self.provider.site, self.recipient.site

    @property
    def is_open(self) -> bool:
        """Whether it waits for a step; `waiting` says for which."""
        return self.state == OPEN

    @property
    def was_signed(self) -> bool:
        """Whether it came into force and nobody has ended it; how long it lasts is another matter."""
        return self.state in (IN_FORCE, EXPIRED)

    @property
    def taken(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.taken_at)

    @property
    def left(self) -> tuple[Step, ...]:
        """The steps that nobody has taken; an open track waits for the first of them."""
        return tuple(step for step in self.steps if not step.taken_at)

    @property
    def signers(self) -> tuple[str | None, ...]:
        return tuple(step.taken_by for step in self.taken if step.definition.signs)

    def widening(self, outcome: str) -> Widening | None:
        """What was proposed of this outcome, by id."""
        return next((each for each in self.widenings if each.outcome == outcome), None)

    def awaiting(self, now: datetime) -> "AgreementTrack":
        """The same track, waiting from now on for the first step that is left; for nothing where none is."""
        if not self.left:
            return replace(self, waiting=None)
        step = self.left[0].definition
        side = self.side(step.side)
        due_on = day_of(now, side.zone) + timedelta(days=step.days)
        return replace(self, waiting=Waiting(step.side, side.site, side.zone, step.name, now, due_on))

    def side(self, name: str) -> Side:
        """The `provider` or the `recipient`."""
        return self.provider if name == PROVIDER else self.recipient

    def with_step(self, changed: Step) -> "AgreementTrack":
        """The same track with this step in the place of the one of its name."""
        named = changed.definition.name
        return replace(self, steps=tuple(changed if step.definition.name == named else step for step in self.steps))
