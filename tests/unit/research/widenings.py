"""An outcome more for an agreement, to start from."""

from dataclasses import replace
from typing import Any

from chassis.kernel.decision import Decision
from services.research.domain.agreement_tracks.definitions import RECIPIENT
from services.research.domain.agreement_tracks.track import AgreementTrack, Widening
from services.research.domain.agreement_tracks.widening import widen
from tests.unit.research import given

MORE = given.at("pilot", id="out_2", responsible="per_karim", followers=("per_ali", "per_new"))
WHY = "The antigen panel works with the same fluid."
PROPOSED = Widening("out_2", RECIPIENT, given.KASHGAR, "per_hussain", given.NOW, WHY)
"""By who takes."""


def proposing(standing: AgreementTrack, **different: Any) -> Decision[AgreementTrack]:
    """That `out_2` is served, too."""
    outcome = replace(MORE, **different)
    return widen(standing, outcome, RECIPIENT, reason=WHY, by="per_hussain", now=given.NOW)


def with_proposal(standing: AgreementTrack) -> AgreementTrack:
    """The same, as though the other side were still to answer."""
    return replace(standing, widenings=(PROPOSED,))
