"""What law asks between the partners, and what clears an outcome of it."""

from services.research.application.commands.legal.change_requirement import ChangeRequirement, change_requirement
from services.research.application.commands.legal.end_requirement import EndRequirement, end_requirement
from services.research.application.commands.legal.record_clearance import RecordClearance, record_clearance
from services.research.application.commands.legal.require_clearance import RequireClearance, require_clearance
from services.research.application.commands.legal.revoke_clearance import RevokeClearance, revoke_clearance
from services.research.application.commands.legal.state_directions import StateDirections, state_directions
from services.research.application.commands.legal.tell_clearances import tell_clearances
from services.research.application.commands.legal.waive_clearance import WaiveClearance, waive_clearance

__all__ = [
    "ChangeRequirement",
    "EndRequirement",
    "RecordClearance",
    "RequireClearance",
    "RevokeClearance",
    "StateDirections",
    "WaiveClearance",
    "change_requirement",
    "end_requirement",
    "record_clearance",
    "require_clearance",
    "revoke_clearance",
    "state_directions",
    "tell_clearances",
    "waive_clearance",
]
