"""What a feed tells of, and for how long."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import chain

from services.exchange.application.ports.calendar_files import ListedConsultation, ListedVisit, Revision
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.ending import every_site_of, everybody_in

LOOKS_BACK = timedelta(days=90)


@dataclass(frozen=True)
class Told:
    """What a feed tells of."""

    visits: tuple[ListedVisit, ...]
    consultations: tuple[ListedConsultation, ...]

    @property
    def changed_at(self) -> datetime | None:
        """When any of it last changed; nothing where nothing is told."""
        moments = [*(each.changed_at for each in self.visits), *(each.changed_at for each in self.consultations)]
        return max(moments, default=None)

    @property
    def until(self) -> datetime | None:
        """The last moment at which all of it is told; nothing where nothing is."""
        days = (datetime.combine(each.state.planned_departure, time.max, UTC) for each in self.visits)
        ends = (last_end(each.state) for each in self.consultations)
        return min((each + LOOKS_BACK for each in chain(days, ends)), default=None)

    @property
    def revisions(self) -> list[Revision]:
        visits = [Revision(each.state.id, each.version) for each in self.visits]
        return [*visits, *(Revision(each.state.id, each.version) for each in self.consultations)]

    @property
    def sites(self) -> list[str]:
        """Which it names."""
        ends = (each for visit in self.visits for each in (visit.state.sending_site, visit.state.host_site))
        return sorted({*ends, *(each for listed in self.consultations for each in every_site_of(listed.state))})

    def people(self, *, private: bool) -> list[str]:
        """Whom it names; who takes part in consultations only where it is `private`."""
        named = {visitor.person for listed in self.visits for visitor in listed.state.visitors}
        if private:
            named.update(who for listed in self.consultations for who in everybody_in(listed.state))
        return sorted(named)


def last_end(consultation: Consultation) -> datetime:
    """Of all its sessions."""
    return max(session.ends for session in consultation.sessions)
