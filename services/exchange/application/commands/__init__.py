"""One file per intent: load, decide, save."""

from services.exchange.application.commands.approve_agreement import ApproveAgreement, approve_agreement
from services.exchange.application.commands.cancel_visit import CancelVisit, cancel_visit
from services.exchange.application.commands.draft_agreement import DraftAgreement, draft_agreement
from services.exchange.application.commands.fulfil_visit import FulfilVisit, fulfil_visit
from services.exchange.application.commands.lapse_visit import lapse_visit
from services.exchange.application.commands.propose_visit import ProposeVisit, propose_visit
from services.exchange.application.commands.record_arrival import RecordArrival, record_arrival
from services.exchange.application.commands.register_person import RegisterPerson, register_person
from services.exchange.application.commands.register_site import RegisterSite, register_site
from services.exchange.application.commands.reply_to_visit import ReplyToVisit, reply_to_visit

__all__ = [
    "ApproveAgreement",
    "CancelVisit",
    "DraftAgreement",
    "FulfilVisit",
    "ProposeVisit",
    "RecordArrival",
    "RegisterPerson",
    "RegisterSite",
    "ReplyToVisit",
    "approve_agreement",
    "cancel_visit",
    "draft_agreement",
    "fulfil_visit",
    "lapse_visit",
    "propose_visit",
    "record_arrival",
    "register_person",
    "register_site",
    "reply_to_visit",
]
