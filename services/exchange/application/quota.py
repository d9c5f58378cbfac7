"""Saving a decision about an agreement together with the quota ledgers that follow it."""

from collections.abc import Iterable
from dataclasses import replace

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import Loaded, Transaction
from services.exchange.application.ports.agreements import Agreements, Ledgers
from services.exchange.application.ports.directory import Sites
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.agreement_approving import standing_as
from services.exchange.domain.agreement_ending import today_of
from services.exchange.domain.quota_plan import Plan, must_be_possible, plan


class Quota:
    """Keeps agreements and their ledgers in step."""

    def __init__(self, agreements: Agreements, ledgers: Ledgers, sites: Sites) -> None:
        self._agreements, self._ledgers, self._sites = agreements, ledgers, sites

    def zones(self, partners: Iterable[str]) -> tuple[str, ...]:
        """The zones of the partners' sites."""
        return tuple(site.zone for site in self._sites.named(partners).values())

    def save(self, loaded: Loaded[Agreement], decision: Decision[Agreement], context: Context) -> Receipt:
        """Saves the decision and brings the ledgers in line with it, all or nothing, whatever else is being booked.

        Raises `PromiseBelowBooked`, `WriteConflict`.
        """
        ledgers = self._ledgers.of_agreement(loaded.id)
        planned = plan(decision.state, ledgers, self.this_year(decision.state, context))

        def both(within: Transaction) -> Receipt:
            self._carry_out(planned, within)
            return self._agreements.save(loaded, decision, context, within)

        return self._agreements.atomically(both)

    def this_year(self, agreement: Agreement, context: Context) -> int:
        """The earliest year that is not over at some partner."""
        return today_of(self.zones(agreement.parties), context.now).year

    def must_allow(self, agreement: Agreement, context: Context) -> None:
        """Refuses a text that waits for approval where it would promise less than is taken, as things stand.

        It is looked at again when it takes effect: more may be booked by then. Raises `PromiseBelowBooked`.
        """
        if agreement.amendment:
            amended = replace(agreement, **standing_as(agreement.amendment))
            ledgers = self._ledgers.of_agreement(agreement.id)
            must_be_possible(plan(amended, ledgers, self.this_year(amended, context)), ledgers)

    def _carry_out(self, planned: Plan, within: Transaction) -> None:
        if planned.open:
            self._ledgers.open(planned.open, within)
        for ledger in planned.promise:
            self._ledgers.promise(ledger, within)
        for ledger_id in planned.close:
            self._ledgers.close(ledger_id, within)
