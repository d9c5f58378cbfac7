"""The exchange, put together: its documents, and each intent and question with what it needs."""

from collections.abc import Callable
from typing import Any

from pymongo.database import Database

from chassis.clock import Clock
from chassis.kernel.actor import Actor
from chassis.kernel.conflicts import decided_again_on_conflict
from chassis.kernel.context import Context
from chassis.kernel.decision import Receipt
from chassis.timers import Timers
from contracts.envelope import CloudEvent
from contracts.research.v1 import OutcomeReported
from services.exchange.adapters import shapes
from services.exchange.adapters.dice import Chance
from services.exchange.adapters.ledger_store import LedgerStore
from services.exchange.adapters.published_events import PublishedEvents
from services.exchange.adapters.repositories import AgreementStore, PersonStore, SiteStore, VisitStore
from services.exchange.application import commands, queries
from services.exchange.application.booking import Booking
from services.exchange.application.queries.views import View
from services.exchange.application.reactions.count_outcome import count_outcome
from services.exchange.domain.cancelling import LAPSE


class Exchange:
    """Everything that the exchange can be asked. One per process; safe for several threads."""

    def __init__(self, database: Database[dict[str, Any]], clock: Clock) -> None:
        self.clock = clock
        self._sites = SiteStore(database["sites"], shapes.SITE_SHAPE)
        publish = PublishedEvents(self._sites).publish
        self._people = PersonStore(database["people"], shapes.person_shape(publish))
        self._agreements = AgreementStore(database["agreements"], shapes.agreement_shape(publish))
        self._visits = VisitStore(database["visits"], shapes.visit_shape(publish))
        self._ledgers = LedgerStore(database["ledgers"], database["effects"])
        self._booking = Booking(self._visits, self._ledgers, self._sites, Chance())
        self.timers = Timers(database["visits"], {LAPSE: self.lapse_visit}, clock)

    def register_site(self, command: commands.RegisterSite, context: Context) -> Receipt:
        return commands.register_site(command, context, self._sites)

    def register_person(self, command: commands.RegisterPerson, context: Context) -> Receipt:
        return commands.register_person(command, context, self._people)

    def draft_agreement(self, command: commands.DraftAgreement, context: Context) -> Receipt:
        return commands.draft_agreement(command, context, self._agreements, self._sites)

    @decided_again_on_conflict
    def approve_agreement(self, command: commands.ApproveAgreement, context: Context) -> Receipt:
        return commands.approve_agreement(command, context, self._agreements, self._ledgers)

    def propose_visit(self, command: commands.ProposeVisit, context: Context) -> Receipt:
        return commands.propose_visit(
            command, context, self._visits, self._agreements, self._sites, self._people, self._ledgers, self._booking
        )

    @decided_again_on_conflict
    def reply_to_visit(self, command: commands.ReplyToVisit, context: Context) -> Receipt:
        return commands.reply_to_visit(command, context, self._visits, self._booking)

    @decided_again_on_conflict
    def cancel_visit(self, command: commands.CancelVisit, context: Context) -> Receipt:
        return commands.cancel_visit(command, context, self._visits, self._booking)

    @decided_again_on_conflict
    def record_arrival(self, command: commands.RecordArrival, context: Context) -> Receipt:
        return commands.record_arrival(command, context, self._visits, self._sites)

    @decided_again_on_conflict
    def fulfil_visit(self, command: commands.FulfilVisit, context: Context) -> Receipt:
        return commands.fulfil_visit(command, context, self._visits, self._sites, self._booking)

    @decided_again_on_conflict
    def lapse_visit(self, visit_id: str, context: Context) -> None:
        commands.lapse_visit(visit_id, context, self._visits, self._booking)

    def visit(self, asked: queries.AskVisit, actor: Actor) -> View:
        return queries.visit(asked, actor, self._visits, self._agreements, self._sites, self._people)

    def visits(self, asked: queries.AskVisits, actor: Actor) -> View:
        return queries.visits(asked, actor, self._visits, self._sites, self._people)

    def agreement(self, asked: queries.AskAgreement, actor: Actor) -> View:
        return queries.agreement(asked, actor, self._agreements, self._ledgers, self._sites, self._people)

    def agreements(self, actor: Actor) -> View:
        return queries.agreements(actor, self._agreements, self._sites)

    def sites(self, actor: Actor) -> View:
        return queries.sites(actor, self._sites)

    def people(self, actor: Actor) -> View:
        return queries.people(actor, self._people)

    def handlers(self) -> dict[str, Callable[[CloudEvent, Any], None]]:
        """What is done with each event that the manifest subscribes to."""
        return {OutcomeReported.type: lambda event, outcome: count_outcome(event, outcome, self._ledgers)}
