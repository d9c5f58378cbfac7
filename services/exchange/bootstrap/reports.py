"""Annual reports."""

from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from services.exchange.application import commands, queries
from services.exchange.application.queries.views import View
from services.exchange.application.reporting import Sources
from services.exchange.bootstrap.stores import Stores


class Reports:
    """What can be asked about annual reports."""

    stores: Stores

    @decided_again_on_conflict
    def make_annual_report(self, command: commands.MakeAnnualReport, context: Context) -> Receipt:
        return commands.make_annual_report(command, context, self.stores.reports, self._sources)

    def print_report(self, report_id: str, context: Context) -> None:
        stores = self.stores
        commands.print_report(report_id, context, stores.reports, self._sources, stores.people, stores.press)

    def annual_report(self, asked: queries.AskReport, actor: Actor) -> View:
        return queries.annual_report(asked, actor, self.stores.reports, self._sources)

    def annual_report_file(self, asked: queries.AskReportFile, actor: Actor) -> View:
        return queries.annual_report_file(asked, actor, self.stores.reports, self._sources)

    @property
    def _sources(self) -> Sources:
        stores = self.stores
        return Sources(
            agreements=stores.agreements,
            sites=stores.sites,
            visits=stores.visits,
            tracks=stores.tracks,
            budgets=stores.budgets,
            rates=stores.rates,
            ledgers=stores.ledgers,
            currencies=stores.currencies,
            consultations=stores.consultations,
        )
