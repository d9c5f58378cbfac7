"""How requirements and agreement tracks are kept."""

from chassis.store import Shape, one_by_one
from services.research.adapters.published_tracks import published_track
from services.research.domain.agreement_tracks import lasting
from services.research.domain.agreement_tracks.track import AgreementTrack
from services.research.domain.legal.requirement import Requirement

REQUIREMENT_SHAPE = Shape(
    service="research",
    kind="requirement",
    model=Requirement,
    state_word=lambda requirement: requirement.state,
    publish=one_by_one(published_track),
    remembers=True,
)
"""No event tells of one."""

AGREEMENT_TRACK_SHAPE = Shape(
    service="research",
    kind="track",
    model=AgreementTrack,
    state_word=lambda track: track.state,
    publish=one_by_one(published_track),
    due=lasting.due,
    remembers=True,
)
