"""Sites whose changes wait: before they are written, it is looked at again who sits where."""

from collections.abc import Iterator
from datetime import datetime

from chassis.kernel.documents import Transaction
from chassis.kernel.errors import WriteConflict
from services.exchange.application.importing.gathering import Gathered
from services.exchange.application.ports.directory import Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.application.seats_held import seats_held
from services.exchange.domain.changing_site import change_department
from services.exchange.domain.directory_refusals import SeatsHeld
from services.exchange.domain.site import Department, Site


class GatheredSites(Gathered[Site]):
    """`Sites` as commands of an import need them."""

    def __init__(self, sites: Sites, visits: Visits, now: datetime) -> None:
        super().__init__(sites)
        self._sites, self._visits, self._now = sites, visits, now

    def has_seats(self, site_id: str, department: str, seats: int, within: Transaction) -> bool:  # noqa: ARG002
        """So far nothing is written: `write` asks in earnest."""
        return True

    def write(self, within: Transaction) -> None:
        """As `Gathered`; a place that was to go and has been booked since is a `WriteConflict`, too."""
        for each in self._writes:
            if each.before is not None:
                for department in _fewer_seats(each.before.state, each.decision.state):
                    self._must_still_be_free(each.before.state, department, within)
        super().write(within)

    def _must_still_be_free(self, site: Site, department: Department, within: Transaction) -> None:
        self._sites.has_seats(site.id, department.id, department.seats, within)
        held = seats_held(self._visits, department.id, since=site.today(self._now), within=within)
        try:
            change_department(site, department, held)
        except SeatsHeld:
            # Planned again, the row is refused at its cell.
            raise WriteConflict(id=site.id) from None


def _fewer_seats(before: Site, after: Site) -> Iterator[Department]:
    seats = {each.id: each.seats for each in before.departments}
    return (each for each in after.departments if each.seats < seats.get(each.id, 0))
