"""Putting a letter together from what the exchange knows, and putting it in the place of an earlier one."""

from collections.abc import Mapping

from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.kernel.documents import HoldTaken, Loaded, Transaction
from chassis.kernel.errors import WriteConflict
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.directory import People, Sites
from services.exchange.application.ports.letters import Codes, Letters
from services.exchange.application.ports.money import Budgets
from services.exchange.domain.budget import budget_id
from services.exchange.domain.cost_sharing import payers
from services.exchange.domain.inviting import stated_of, why_not_so
from services.exchange.domain.letter import REQUESTED, Letter, Signer, Stated, request, supersede
from services.exchange.domain.visit import Visit


class Inviting:
    """Makes letters of visits."""

    def __init__(
        self, letters: Letters, agreements: Agreements, budgets: Budgets, sites: Sites, people: People, codes: Codes
    ) -> None:
        self._letters, self._agreements, self._budgets = letters, agreements, budgets
        self._sites, self._people, self._codes = sites, people, codes

    def stated(self, visit: Visit, person: str, signer: Signer) -> Stated:
        """What a letter says as things stand. Raises `Unknown`, `NoSuchCondition` and what `stated_of` raises."""
        sites = self._sites.named((visit.host_site, visit.sending_site))
        return stated_of(
            visit,
            self._people.load(person).state,
            host=sites[visit.host_site],
            sending=sites[visit.sending_site],
            pays=self._pays(visit),
            signer=signer,
        )

    def why_not_so(self, letter: Letter, visit: Visit) -> tuple[str, ...]:
        """Why what the letter says is not so any more; empty while it is. Raises `Unknown`."""
        return why_not_so(letter, visit, self._people.load(letter.person).state)

    def request(
        self,
        letter_id: str,
        visit: Visit,
        person: str,
        stated: Stated,
        earlier: Loaded[Letter] | None,
        context: Context,
    ) -> Receipt:
        """Keeps the new letter and takes the earlier one out of use, both or neither.

        Raises `WriteConflict` where somebody else's letter came first.
        """
        letter = Letter(
            id=letter_id,
            state=REQUESTED,
            visit=visit.id,
            person=person,
            number=self._letters.count(visit.id, person) + 1,
            code=self._codes.fresh(),
            stated=stated,
            asked_by=context.actor.person,
            asked_at=context.now,
        )

        def both(within: Transaction) -> Receipt:
            if earlier:
                self._letters.save(earlier, supersede(earlier.state, by=letter_id), context, within)
            return self._letters.add(letter_id, request(letter), context, within)

        try:
            return self._letters.atomically(both)
        except HoldTaken:
            raise WriteConflict(id=letter_id) from None

    def _pays(self, visit: Visit) -> Mapping[str, str]:
        condition = self._agreements.load(visit.agreement).state.condition(visit.condition)
        budgets = self._budgets.named([budget_id(visit.id)]).values()
        return payers(condition.cost_sharing, [line for budget in budgets for line in budget.standing])
