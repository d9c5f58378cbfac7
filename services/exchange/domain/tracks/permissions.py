"""Who may do what with the steps of a track."""

from chassis.kernel.actor import Actor
from chassis.kernel.errors import NotAllowed
from services.exchange.domain.permissions.roles import acts_for
from services.exchange.domain.tracks.definitions import SENDING_SITE, VISITOR
from services.exchange.domain.tracks.track import Step, Track


def does_step(actor: Actor, track: Track, step: Step, action: str) -> bool:
    """Steps are kept by the end that owns them; visitors say themselves what of their own is done or late."""
    if step.owner == VISITOR and action in ("complete_step", "slip_step") and actor.person == step.person:
        return actor.person is not None
    return acts_for(actor, track.sending_site if step.owner in (VISITOR, SENDING_SITE) else track.host_site)


def may_do_step(actor: Actor, track: Track, step_id: str, action: str) -> None:
    """Raises `NoSuchStep` only to who has to do with the visit."""
    involved = acts_for(actor, track.sending_site, track.host_site) or actor.person in {
        step.person for step in track.steps if step.person
    }
    if not involved:
        raise NotAllowed(action=action, needs="manager or coordinator of either site, or the visitor")
    step = track.step(step_id)
    if not does_step(actor, track, step, action):
        raise NotAllowed(action=action, needs=f"who speaks for {step.owner}")
