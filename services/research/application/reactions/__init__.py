"""What research does when another service tells it something."""

from services.research.application.reactions.expect_outcome import Opening
from services.research.application.reactions.keep_person import keep_person
from services.research.application.reactions.keep_promises import keep_promises
from services.research.application.reactions.keep_sites import keep_sites
from services.research.application.reactions.withdraw_outcome import withdraw_outcome

__all__ = ["Opening", "keep_person", "keep_promises", "keep_sites", "withdraw_outcome"]
