"""Who comes to a session that begins at a start, and whom what keeps away."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.exchange.domain.consultations.finding.person_times import PersonTimes
from services.exchange.domain.consultations.finding.rules import Cause
from services.exchange.domain.consultations.finding.timetable import Timetable
from services.exchange.domain.consultations.finding.wish import Wish
from services.exchange.domain.consultations.participants import Participant


@dataclass(frozen=True)
class Attendance:
    """`comes`: the participant or who stands in; `None` where nobody can.

    `causes`: what the participant would have to be let off, or is let off already. `site`: where who comes then is.
    """

    participant: Participant
    comes: str | None
    site: str
    causes: frozenset[Cause]

    @property
    def deputy(self) -> str | None:
        return self.comes if self.comes != self.participant.person else None

    @property
    def is_missed(self) -> bool:
        """Required, and neither they nor a deputy can."""
        return self.participant.required and self.comes is None


def attendances(timetable: Timetable, wish: Wish, start: int) -> list[Attendance]:
    """Everybody who is asked, in the order of the wish."""
    return list(_each(timetable, wish, start))


def _each(timetable: Timetable, wish: Wish, start: int) -> Iterator[Attendance]:
    for participant in wish.participants:
        able = timetable.able(participant)
        comes = next((each for each in able if _can(each, wish, start)), None)
        site = (comes or able[0]).site_at(start)
        yield Attendance(participant, comes.person if comes else None, site, able[0].causes(start))


def _can(person: PersonTimes, wish: Wish, start: int) -> bool:
    return bool(person.comes(wish.waives) >> start & 1)
