"""What happened on an agreement track; adapters turn these into the events of the contracts."""

from dataclasses import dataclass

from services.research.domain.agreement_tracks.track import AgreementTrack


@dataclass(frozen=True)
class TrackHappening:
    """Base: something happened on a track, which now stands as `track`."""

    track: AgreementTrack


@dataclass(frozen=True)
class TrackWaits(TrackHappening):
    """It waits for the next step, because it was `opened`, a step was `taken`, or it was `returned` with a reason."""

    because: str
    reason: str = ""


@dataclass(frozen=True)
class TrackWidening(TrackHappening):
    """That it serves the `outcome`, too, was proposed by the `side`; or the other side `agreed`; or it was `declined`.

    `reason`: why it was proposed, or declined.
    """

    what: str
    outcome: str
    side: str
    reason: str = ""


@dataclass(frozen=True)
class TrackStepOverdue(TrackHappening):
    pass


@dataclass(frozen=True)
class TrackInForce(TrackHappening):
    pass


@dataclass(frozen=True)
class TrackExpiring(TrackHappening):
    pass


@dataclass(frozen=True)
class TrackExpired(TrackHappening):
    pass


@dataclass(frozen=True)
class TrackEnded(TrackHappening):
    reason: str
