"""Everything that the exchange can be asked, on one database."""

from collections.abc import Callable
from typing import Any

from pymongo.database import Database

from chassis.clock import Clock
from chassis.kernel.seals import Seals
from chassis.timers import Fire, Timers
from contracts.envelope import CloudEvent
from contracts.exchange.consultations import FREEING_EVENTS
from contracts.exchange.v1 import (
    PersonChanged,
    VisitCancelled,
    VisitEnteredInError,
    VisitExtended,
    VisitNoshow,
    VisitorWithdrew,
    VisitRescheduled,
)
from contracts.exchange.visits import VISIT_EVENTS
from contracts.research import v1, v2
from contracts.research.versions import newest
from services.exchange.adapters.codes import RandomCodes, RandomSecrets
from services.exchange.adapters.dice import Chance
from services.exchange.adapters.recurrences import RecurrenceRules
from services.exchange.application.booking import Booking
from services.exchange.application.consultation_planning import ConsultationPlanning
from services.exchange.application.convening import Convening
from services.exchange.application.feeding import Feeding
from services.exchange.application.following import Following
from services.exchange.application.inviting import Inviting
from services.exchange.application.meeting_times import MeetingTimes
from services.exchange.application.planning import Planning
from services.exchange.application.ports.letters import Codes, Printer
from services.exchange.application.ports.visits import Dice
from services.exchange.application.quota import Quota
from services.exchange.application.reactions.count_outcome import Counting, count_outcome
from services.exchange.application.reactions.follow_visit import follow_visit
from services.exchange.application.reactions.take_off_outcome import take_off_outcome
from services.exchange.bootstrap.agreements import Agreements
from services.exchange.bootstrap.calendar_office import HERE, CalendarOffice
from services.exchange.bootstrap.calendars import Calendars
from services.exchange.bootstrap.consultations import Consultations
from services.exchange.bootstrap.directory import Directory
from services.exchange.bootstrap.fhir import DiaryForOthers
from services.exchange.bootstrap.finding_times import FindingTimes
from services.exchange.bootstrap.imports import Imports
from services.exchange.bootstrap.letters import Letters
from services.exchange.bootstrap.money import Money
from services.exchange.bootstrap.passports import Passports
from services.exchange.bootstrap.planning import PlanningAhead
from services.exchange.bootstrap.reports import Reports
from services.exchange.bootstrap.sessions import Sessions
from services.exchange.bootstrap.stores import Stores, stores_on
from services.exchange.bootstrap.tracks import Tracks
from services.exchange.bootstrap.visits import Visits
from services.exchange.domain.agreement_ending import END
from services.exchange.domain.cancelling import LAPSE
from services.exchange.domain.consultations import waking
from services.exchange.domain.importing import APPLY, CHECK
from services.exchange.domain.letter import RENDER
from services.exchange.domain.reporting.report import MAKE
from services.exchange.domain.tracks.track import NEAR, OVERDUE

UNDOING_LETTERS = (
    VisitRescheduled,
    VisitExtended,
    VisitCancelled,
    VisitNoshow,
    VisitEnteredInError,
    VisitorWithdrew,
)
"""What is told when a letter of the visit may say what is not so any more."""


class Exchange(
    Directory,
    Passports,
    Agreements,
    Visits,
    Money,
    Tracks,
    PlanningAhead,
    Imports,
    Letters,
    Reports,
    Consultations,
    Sessions,
    FindingTimes,
    DiaryForOthers,
    Calendars,
):
    """One per process; safe for several threads."""

    def __init__(
        self,
        database: Database[dict[str, Any]],
        clock: Clock,
        seals: Seals,
        printer: Printer,
        office: CalendarOffice = HERE,
    ) -> None:
        stores = stores_on(database, clock, office)
        self.put_together(stores, clock, Chance(), RandomCodes(), seals, printer, office)
        self.timers = (
            Timers(database["visits"], {LAPSE: self.lapse_visit}, clock),
            Timers(database["consultations"], self.consultation_timers(), clock),
            Timers(database["agreements"], {END: self.end_agreement}, clock),
            Timers(database["letters"], {RENDER: self.render_letter}, clock),
            Timers(database["reports"], {MAKE: self.print_report}, clock),
            Timers(database["tracks"], {NEAR: self.tell_near, OVERDUE: self.tell_overdue}, clock),
            Timers(database["imports"], {CHECK: self.check_import, APPLY: self.apply_import}, clock),
        )

    def put_together(
        self,
        stores: Stores,
        clock: Clock,
        dice: Dice,
        codes: Codes,
        seals: Seals,
        printer: Printer,
        office: CalendarOffice = HERE,
    ) -> None:
        """The same on any stores."""
        self.stores, self.clock, self.seals, self.printer, self.office = stores, clock, seals, printer, office
        self.inviting = Inviting(stores.letters, stores.agreements, stores.budgets, stores.sites, stores.people, codes)
        self.quota = Quota(stores.agreements, stores.ledgers, stores.sites)
        self.planning = Planning(stores.visits, stores.agreements, stores.sites, stores.ledgers, stores.calendars)
        self.following = Following(stores.tracks, stores.visits, stores.sites, self.planning)
        self.booking_on = lambda visits, ledgers: Booking(visits, ledgers, stores.sites, dice, self.planning)
        self.booking = self.booking_on(stores.visits, stores.ledgers)
        self.consultation_planning = ConsultationPlanning(
            stores.consultations, stores.agreements, stores.sites, stores.people, stores.visits, stores.calendars
        )
        times = MeetingTimes(self.consultation_planning)
        self.counting = Counting(stores.ledgers, stores.agreements, stores.visits, stores.consultations, stores.sites)
        self.feeding = Feeding(
            stores.feed_lines, stores.diary, stores.sites, stores.people, stores.agreements, office.feeds
        )
        self.secrets = RandomSecrets()
        self.recurrences, self.convening = RecurrenceRules(), Convening(stores.consultations, stores.ledgers, times)

    def handlers(self) -> dict[str, Callable[[CloudEvent, Any], None]]:
        """What is done with each event that the manifest subscribes to."""
        return {
            **{event.type: self._follow for event in VISIT_EVENTS},
            **{version.OutcomeReported.type: self._count_outcome for version in (v1, v2)},
            v2.OutcomeSettled.type: self._count_outcome,
            **{version.OutcomeQuestioned.type: self._take_off_outcome for version in (v1, v2)},
            v2.OutcomeMerged.type: self._take_off_outcome,
            **{event.type: self._follow_with_letters for event in UNDOING_LETTERS},
            PersonChanged.type: self.reissue_letters_to,
            **{event.type: self.serve_waiting for event in FREEING_EVENTS},
        }

    def consultation_timers(self) -> dict[str, Fire]:
        """What time alone does to consultations, by the names of their deadlines."""
        return {
            waking.LAPSE: self.lapse_consultation,
            waking.REMIND: self.remind_of_session,
            waking.UNCLOSED: self.ask_to_close,
            waking.CHASE: self.chase_actions,
        }

    def _count_outcome(self, event: CloudEvent, outcome: Any) -> None:
        count_outcome(event, newest(outcome), self.counting, self.clock.now())

    def _take_off_outcome(self, event: CloudEvent, outcome: Any) -> None:
        take_off_outcome(event, outcome, self.stores.ledgers, self.clock.now())

    def _follow(self, event: CloudEvent, visit: Any) -> None:
        follow_visit(event, visit, self.clock.now(), self.following)

    def _follow_with_letters(self, event: CloudEvent, visit: Any) -> None:
        self._follow(event, visit)
        self.reissue_letters(event, visit.visit)
