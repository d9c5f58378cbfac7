"""Past visits whose writes wait: who looks where somebody was sees those of the same file, too."""

from collections.abc import Iterable
from typing import cast

from services.exchange.application.importing.gathering import Gathered, Listed
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.visit import Visit


class GatheredVisits(Gathered[Visit]):
    """`Visits` as commands of an import need them."""

    def __init__(self, visits: Visits) -> None:
        super().__init__(cast("Listed[Visit]", visits))
        self._visits = visits
        self._stored: dict[str, list[Visit]] = {}

    def stored_of(self, person: str) -> list[Visit]:
        """The stored visits of a person that hold or took place, read once."""
        if person not in self._stored:
            self._stored[person] = self._visits.of_people([person])
        return self._stored[person]

    def of_people(self, people: Iterable[str]) -> list[Visit]:
        """As `Visits`, with those of the file, which all took place, behind the stored ones."""
        wanted = set(people)
        stored = {visit.id: visit for person in sorted(wanted) for visit in self.stored_of(person)}
        brought = (each.state for each in self._standing.values())
        return [*stored.values(), *(each for each in brought if wanted & {one.person for one in each.visitors})]
