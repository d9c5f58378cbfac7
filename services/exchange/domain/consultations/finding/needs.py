"""What has to be so at a start for it to be a time, and what would make it so where it is not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from services.exchange.domain.consultations.finding.changes import MADE_URGENT, OPTIONAL, WITHOUT_ROOM, Change, waiving
from services.exchange.domain.consultations.finding.person_times import PersonTimes
from services.exchange.domain.consultations.finding.rules import BUSY, BY_NAME, LEAD, Cause, is_waived
from services.exchange.domain.consultations.finding.timetable import Timetable
from services.exchange.domain.consultations.finding.wish import Wish
from services.exchange.domain.consultations.participants import CHAIR, Participant

Remedy = frozenset[Change]
"""Changes that together are enough for one need."""


class Need(Protocol):
    """Everything is asked of one timetable and wish."""

    def unmet(self, timetable: Timetable, wish: Wish) -> int:
        """The starts at which it is not so."""
        ...

    def tells_apart(self, timetable: Timetable) -> Iterable[int]:
        """Sets of starts: two starts that are in the same of them have the same remedies."""
        ...

    def only_by_itself(self, timetable: Timetable, wish: Wish) -> int:
        """Starts at which it needs a change that helps nothing else; not necessarily all of them."""
        ...

    def remedies(self, timetable: Timetable, wish: Wish, start: int) -> list[Remedy]:
        """Every smallest remedy at a start at which it is not so."""
        ...


@dataclass(frozen=True)
class PersonNeeded:
    """A required participant, or somebody who stands in, can come."""

    participant: Participant

    def unmet(self, timetable: Timetable, wish: Wish) -> int:
        missing = timetable.starts
        for able in timetable.able(self.participant):
            missing &= ~able.comes(wish.waives)
        return missing

    def tells_apart(self, timetable: Timetable) -> Iterator[int]:
        for able in timetable.able(self.participant):
            yield from able.hindered.values()

    def only_by_itself(self, timetable: Timetable, wish: Wish) -> int:  # noqa: ARG002
        """Where nobody can be let off anything they can only be missed."""
        missing = timetable.starts
        for able in timetable.able(self.participant):
            missing &= able.hindered.get(Cause(BUSY), 0)
        return missing

    def remedies(self, timetable: Timetable, wish: Wish, start: int) -> list[Remedy]:
        found = [let_off(able, wish, start) for able in timetable.able(self.participant)]
        optional = frozenset({Change(OPTIONAL, person=self.participant.person)})
        made_optional = [optional] if self.participant.role != CHAIR else []
        return smallest([*made_optional, *(remedy for remedy in found if remedy is not None)])


@dataclass(frozen=True)
class RoomNeeded:
    """The room is free, and large enough."""

    site: str
    room: str

    def unmet(self, timetable: Timetable, wish: Wish) -> int:  # noqa: ARG002
        if timetable.places(self.site, self.room) < timetable.people_of(self.site):
            return timetable.starts
        return timetable.starts & timetable.room_taken(self.room)

    def tells_apart(self, timetable: Timetable) -> list[int]:
        return [timetable.room_taken(self.room)]

    def only_by_itself(self, timetable: Timetable, wish: Wish) -> int:
        return self.unmet(timetable, wish)

    def remedies(self, timetable: Timetable, wish: Wish, start: int) -> list[Remedy]:  # noqa: ARG002
        return [frozenset({Change(WITHOUT_ROOM, site=self.site)})]


@dataclass(frozen=True)
class NoticeNeeded:
    """A routine consultation is asked for early enough."""

    def unmet(self, timetable: Timetable, wish: Wish) -> int:
        return 0 if Cause(LEAD) in wish.waives else timetable.too_soon

    def tells_apart(self, timetable: Timetable) -> list[int]:
        return [timetable.too_soon]

    def only_by_itself(self, timetable: Timetable, wish: Wish) -> int:  # noqa: ARG002
        """Waivers need it, too."""
        return 0

    def remedies(self, timetable: Timetable, wish: Wish, start: int) -> list[Remedy]:  # noqa: ARG002
        return [frozenset({MADE_URGENT})]


def let_off(person: PersonTimes, wish: Wish, start: int) -> Remedy | None:
    """The waivers with which somebody can come; `None` where none are enough."""
    causes = {cause for cause in person.causes(start) if not is_waived(cause, wish.waives)}
    if not all(BY_NAME[cause.rule].waived for cause in causes):
        return None
    return waiving(causes, wish)


def smallest(remedies: Iterable[Remedy]) -> list[Remedy]:
    """Without those that contain another one."""
    kept: list[Remedy] = []
    for remedy in sorted(set(remedies), key=lambda each: (len(each), sorted(each))):
        if not any(other <= remedy for other in kept):
            kept.append(remedy)
    return kept
