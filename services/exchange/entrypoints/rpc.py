"""What the exchange can be asked over RPC. A method's fields are those of its command or question."""

from chassis.rpc.server import Application
from services.exchange.bootstrap import Exchange
from services.exchange.entrypoints.agreement_calls import AgreementCalls
from services.exchange.entrypoints.calendar_calls import CalendarCalls
from services.exchange.entrypoints.consultation_calls import ConsultationCalls
from services.exchange.entrypoints.directory_calls import DirectoryCalls
from services.exchange.entrypoints.fhir_calls import FhirCalls
from services.exchange.entrypoints.finding_calls import FindingCalls
from services.exchange.entrypoints.import_calls import ImportCalls
from services.exchange.entrypoints.letter_calls import LetterCalls
from services.exchange.entrypoints.money_calls import MoneyCalls
from services.exchange.entrypoints.passport_calls import PassportCalls
from services.exchange.entrypoints.planning_calls import PlanningCalls
from services.exchange.entrypoints.report_calls import ReportCalls
from services.exchange.entrypoints.session_calls import SessionCalls
from services.exchange.entrypoints.subscriptions import Subscriptions
from services.exchange.entrypoints.track_calls import TrackCalls
from services.exchange.entrypoints.visit_calls import VisitCalls


class ExchangeService(
    DirectoryCalls,
    PassportCalls,
    AgreementCalls,
    VisitCalls,
    MoneyCalls,
    TrackCalls,
    PlanningCalls,
    ImportCalls,
    LetterCalls,
    ReportCalls,
    ConsultationCalls,
    SessionCalls,
    FindingCalls,
    FhirCalls,
    CalendarCalls,
    Subscriptions,
):
    """Calls and events of one process share the application and its connections."""

    name = "exchange"
    application: Exchange = Application()
