"""Who answers for an outcome, and what they name as what it came of: looked up, and relied on by what is saved."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import Loaded, Transaction
from services.research.application.delegating import in_place_of
from services.research.application.ports.copies import People
from services.research.application.ports.delegations import Delegations
from services.research.application.ports.occurrences import Occurrences
from services.research.application.ports.outcomes import Currencies, Outcomes
from services.research.domain.attributing import facts
from services.research.domain.attribution_refusals import EnteredInError, NeverTookPlace
from services.research.domain.occurrence import Named, Occurrence
from services.research.domain.outcome import Outcome
from services.research.domain.permissions import may_attribute_to


@dataclass(frozen=True)
class Answering:
    """What commands need in which somebody answers for an outcome, or says what it came of."""

    outcomes: Outcomes
    occurrences: Occurrences
    delegations: Delegations
    people: People
    currencies: Currencies

    def acting(self, context: Context, outcome: Outcome) -> str | None:
        """Whoever is responsible for the outcome, where the actor is their delegate for it; else nobody."""
        person, sites = outcome.responsible, outcome.sites
        return in_place_of(person, context.actor, sites, context.now, self.delegations)

    def known(self, named: Iterable[Named], actor: Actor, *, agreement: str = "") -> tuple[Occurrence, ...]:
        """What is named, in that order, as far as the actor may attribute to it. `agreement`: the outcome's.

        Raises `NeverTookPlace`, `EnteredInError`.
        """
        wanted = tuple(named)
        found = self.occurrences.of(wanted)
        for each in wanted:
            if each not in found or not may_attribute_to(actor, found[each], agreement):
                # Of what is none of theirs they hear nothing, not even that it took place.
                raise NeverTookPlace(**facts(each))
            if (mistake := found[each].mistake) is not None:
                raise EnteredInError(**facts(each), reason=mistake)
        return tuple(found[each] for each in wanted)

    def added(self, relied_on: Iterable[Occurrence], decision: Decision[Outcome], context: Context) -> Receipt:
        """Adds the outcome, as `saved` saves one."""
        return self._while_it_stands(
            relied_on, lambda within: self.outcomes.add(decision.state.id, decision, context, within)
        )

    def saved(
        self, relied_on: Iterable[Occurrence], loaded: Loaded[Outcome], decision: Decision[Outcome], context: Context
    ) -> Receipt:
        """Saves while nothing that is relied on becomes a mistake: whoever tells of one then finds the outcome.

        Raises `WriteConflict` where something has become one since it was looked up, or the outcome was changed.
        """
        return self._while_it_stands(relied_on, self.outcomes.saving(loaded, decision, context))

    def _while_it_stands(
        self, relied_on: Iterable[Occurrence], write: Callable[[Transaction | None], Receipt]
    ) -> Receipt:
        named = {each.named for each in relied_on}

        def both(within: Transaction) -> Receipt:
            self.occurrences.rely_on(named, within)
            return write(within)

        return self.outcomes.atomically(both)
