"""What research can be asked over RPC. A method's fields are those of its command or question."""

from chassis.rpc.server import Application
from services.research.bootstrap import Research
from services.research.entrypoints.agreement_track_calls import AgreementTrackCalls
from services.research.entrypoints.attribution_calls import AttributionCalls
from services.research.entrypoints.delegate_calls import DelegateCalls
from services.research.entrypoints.duplicate_calls import DuplicateCalls
from services.research.entrypoints.export_calls import ExportCalls
from services.research.entrypoints.import_calls import ImportCalls
from services.research.entrypoints.legal_calls import LegalCalls
from services.research.entrypoints.measuring_calls import MeasuringCalls
from services.research.entrypoints.outcome_calls import OutcomeCalls
from services.research.entrypoints.publicity_calls import PublicityCalls
from services.research.entrypoints.subscriptions import Subscriptions
from services.research.entrypoints.transfer_calls import TransferCalls


class ResearchService(
    OutcomeCalls,
    AttributionCalls,
    DelegateCalls,
    DuplicateCalls,
    ImportCalls,
    TransferCalls,
    LegalCalls,
    AgreementTrackCalls,
    PublicityCalls,
    ExportCalls,
    MeasuringCalls,
    Subscriptions,
):
    """Calls and events of one process share the application and its connections."""

    name = "research"
    application: Research = Application()
