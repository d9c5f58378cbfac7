"""What happens on agreement tracks as the events of their contract."""

from functools import singledispatch
from typing import Any

from contracts.envelope import EventData
from contracts.research import agreement_tracks as told
from services.research.domain.agreement_tracks import events
from services.research.domain.agreement_tracks.track import AgreementTrack


@singledispatch
def published_track(event: Any) -> EventData:
    """The event of the contracts that tells of what happened on a track."""
    raise TypeError(f"no event of the contracts tells of {type(event).__name__}")


@published_track.register
def _(event: events.TrackWaits) -> told.AgreementTrackWaits:
    facts = {"because": event.because, "reason": event.reason}
    return told.AgreementTrackWaits.model_validate(_track(event.track) | _waiting(event.track) | facts)


@published_track.register
def _(event: events.TrackWidening) -> told.AgreementTrackWidening:
    facts = {name: getattr(event, name) for name in ("what", "outcome", "side", "reason")}
    return told.AgreementTrackWidening.model_validate(_track(event.track) | facts)


@published_track.register
def _(event: events.TrackStepOverdue) -> told.AgreementTrackStepOverdue:
    return told.AgreementTrackStepOverdue.model_validate(_track(event.track) | _waiting(event.track))


@published_track.register
def _(event: events.TrackInForce) -> told.AgreementTrackInForce:
    facts = {"in_force_from": event.track.in_force_from}
    return told.AgreementTrackInForce.model_validate(_track(event.track) | facts)


@published_track.register
def _(event: events.TrackExpiring) -> told.AgreementTrackExpiring:
    return told.AgreementTrackExpiring.model_validate(_track(event.track))


@published_track.register
def _(event: events.TrackExpired) -> told.AgreementTrackExpired:
    return told.AgreementTrackExpired.model_validate(_track(event.track))


@published_track.register
def _(event: events.TrackEnded) -> told.AgreementTrackEnded:
    return told.AgreementTrackEnded.model_validate(_track(event.track) | {"reason": event.reason})


def _track(track: AgreementTrack) -> dict[str, Any]:
    return {
        "track": track.id,
        "kind": track.kind,
        "title": track.title,
        "outcomes": track.outcomes,
        "provider_site": track.provider.site,
        "recipient_site": track.recipient.site,
        "followers": track.followers,
        "expires_on": track.expires_on,
    }


def _waiting(track: AgreementTrack) -> dict[str, Any]:
    return {name: getattr(track.waiting, name) for name in ("side", "site", "step", "since", "due_on")}
