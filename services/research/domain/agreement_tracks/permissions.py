"""Who may do what on an agreement track: nobody acts for the other side."""

from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.errors import NotAllowed
from services.research.domain.agreement_tracks.definitions import PROVIDER, RECIPIENT
from services.research.domain.agreement_tracks.lifecycle import AGREE, DECLINE, END, LEADS, RETURN, SIGN, TAKE, WIDEN
from services.research.domain.agreement_tracks.track import AgreementTrack, Widening
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


def widens(actor: Actor, track: AgreementTrack) -> bool:
    """Whether the actor may propose an outcome more: those who run the programme at either site."""
    return acts_for(actor, *track.sites)


def may_widen(actor: Actor, track: AgreementTrack) -> str:
    """The side that the actor speaks for; of who belongs to both, the provider."""
    _must(widens(actor, track), WIDEN, _EITHER)
    return PROVIDER if acts_for(actor, track.provider.site) else RECIPIENT


def agrees(actor: Actor, widening: Widening) -> bool:
    """Whether the actor may agree: those who run the programme at the site of the side that did not propose it."""
    return acts_for(actor, widening.site)


def may_agree(actor: Actor, track: AgreementTrack, outcome: str) -> None:
    """Of what nobody proposed the decision says so, to whoever acts for either side."""
    widening = track.widening(outcome)
    if widening is None:
        _must(widens(actor, track), AGREE, _EITHER)
        return
    _must(agrees(actor, widening), AGREE, f"manager or coordinator of {widening.site}")


def may_decline(actor: Actor, track: AgreementTrack) -> None:
    _must(widens(actor, track), DECLINE, _EITHER)


def offered_of_widening(actor: Actor, track: AgreementTrack, widening: Widening) -> list[str]:
    """Names of the commands that the actor may give about what was proposed."""
    may = {
        AGREE: agrees(actor, widening) and actor.person != widening.by,
        DECLINE: widens(actor, track),
    }
    return [command for command, is_offered in may.items() if is_offered]


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
    settled = not track.widenings and actor.person not in track.signers
    may = {
        TAKE: not signature and takes(actor, track),
        SIGN: signature and signs(actor, track) and settled,
        RETURN: bool(track.taken) and takes(actor, track),
        WIDEN: track.is_open and not track.signers and widens(actor, track),
        END: track.state in LEADS[END] and ends(actor, track),
    }
    return [command for command, is_offered in may.items() if is_offered]


def _must(allowed: bool, action: str, needs: str) -> None:
    if not allowed:
        raise NotAllowed(action=action, needs=needs)
