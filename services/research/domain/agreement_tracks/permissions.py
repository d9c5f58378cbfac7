"""Who may do what on an agreement track: nobody acts for the other side."""

from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.errors import NotAllowed
from services.research.domain.agreement_tracks.lifecycle import END, LEADS, RETURN, SIGN, TAKE
from services.research.domain.agreement_tracks.track import AgreementTrack
from services.research.domain.permissions import acts_for

_EITHER = "manager or coordinator of either site"


def may_open(actor: Actor, *sites: str) -> None:
    _must(acts_for(actor, *sites), "open_track", _EITHER)


def takes(actor: Actor, track: AgreementTrack) -> bool:
    """Whether the actor may take the awaited step, or send it back: those who run the programme at that site."""
    return track.waiting is not None and acts_for(actor, track.waiting.site)


def signs(actor: Actor, track: AgreementTrack) -> bool:
    """Whether the actor may sign where a signature is awaited: managers of the side whose turn it is."""
    return track.waiting is not None and actor.has(PROGRAMME_MANAGER, at=track.waiting.site)


def ends(actor: Actor, track: AgreementTrack) -> bool:
    """Whether the actor may end it: managers of either side."""
    return any(actor.has(PROGRAMME_MANAGER, at=site) for site in track.sites)


def may_take(actor: Actor, track: AgreementTrack, action: str) -> None:
    """What is over is for the decision to refuse, to whoever acts for either side."""
    over = track.waiting is None and acts_for(actor, *track.sites)
    at = track.waiting.site if track.waiting else "either site"
    _must(over or takes(actor, track), action, f"manager or coordinator of {at}")


def may_sign(actor: Actor, track: AgreementTrack) -> None:
    over = track.waiting is None and ends(actor, track)
    at = track.waiting.site if track.waiting else "either site"
    _must(over or signs(actor, track), SIGN, f"{PROGRAMME_MANAGER} of {at}")


def may_end(actor: Actor, track: AgreementTrack) -> None:
    _must(ends(actor, track), END, f"{PROGRAMME_MANAGER} of either site")


def may_see(actor: Actor, track: AgreementTrack) -> bool:
    """People of both sites, whoever follows it, administrators and the system."""
    return (
        actor.is_system
        or actor.has(ADMINISTRATOR)
        or bool(actor.sites & set(track.sites))
        or actor.person in track.followers
    )


def offered(actor: Actor, track: AgreementTrack) -> list[str]:
    """Names of the commands that the actor may give as it stands."""
    signature = track.is_open and track.left[0].definition.signs
    may = {
        TAKE: not signature and takes(actor, track),
        SIGN: signature and signs(actor, track) and actor.person not in track.signers,
        RETURN: bool(track.taken) and takes(actor, track),
        END: track.state in LEADS[END] and ends(actor, track),
    }
    return [command for command, is_offered in may.items() if is_offered]


def _must(allowed: bool, action: str, needs: str) -> None:
    if not allowed:
        raise NotAllowed(action=action, needs=needs)
