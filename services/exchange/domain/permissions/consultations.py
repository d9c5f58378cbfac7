"""Who may see, organise, answer and close a consultation."""

from chassis.kernel.actor import ADMINISTRATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.errors import Unknown
from services.exchange.domain.consultations.cases import Action
from services.exchange.domain.consultations.closing import expected_there
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.participants import Participant
from services.exchange.domain.permissions.roles import acts_for, manages, must


def may_see(actor: Actor, consultation: Consultation) -> bool:
    """People of its sites, participants, deputies, whoever organised it, administrators and the system."""
    return (
        actor.is_system
        or actor.has(ADMINISTRATOR)
        or bool(actor.sites & set(consultation.sites))
        or actor.person == consultation.organiser
        or actor.person in expected_there(consultation)
    )


def must_see(actor: Actor, consultation: Consultation) -> None:
    """Raises `Unknown` for who may not see it: that there is one is nobody else's concern."""
    if not may_see(actor, consultation):
        raise Unknown(kind="consultation", id=consultation.id)


def may_propose(actor: Actor, sites: tuple[str, ...]) -> None:
    """A consultation is proposed by who acts for one of its sites."""
    must(acts_for(actor, *sites), "propose_consultation", "manager or coordinator of one of its sites")


def organises(actor: Actor, consultation: Consultation) -> bool:
    """Whether the actor may change it: who proposed it, its chair, and who acts for one of its sites."""
    return actor.person in {consultation.organiser, consultation.chair} or acts_for(actor, *consultation.sites)


def may_organise(actor: Actor, consultation: Consultation, action: str) -> None:
    needs = "its organiser or chair, or manager or coordinator of one of its sites"
    must(organises(actor, consultation), action, needs)


def answers_for(actor: Actor, participant: Participant) -> bool:
    """Whether the actor may answer: the participant, a deputy in their place, and who acts for their site."""
    return actor.person in (participant.person, *participant.deputies) or acts_for(actor, participant.site)


def may_answer(actor: Actor, participant: Participant) -> None:
    needs = "the participant, a deputy of theirs, or manager or coordinator of their site"
    must(answers_for(actor, participant), "reply_to_consultation", needs)


def brings(actor: Actor, consultation: Consultation, presenter: str) -> bool:
    """Whether the actor may bring and withdraw cases of this presenter: who presents them, and who organises."""
    return actor.person == presenter or organises(actor, consultation)


def may_bring(actor: Actor, consultation: Consultation, presenter: str) -> None:
    needs = "its presenter, or who organises the consultation"
    must(brings(actor, consultation, presenter), "bring_case", needs)


def may_act_on(actor: Actor, consultation: Consultation, action: Action, command: str) -> None:
    """An action is done by its owner; who organises may say so for them."""
    allowed = actor.person == action.owner or organises(actor, consultation)
    must(allowed, command, "its owner, or who organises the consultation")


def corrects(actor: Actor, consultation: Consultation) -> bool:
    """Whether the actor may say that it should never have been entered."""
    return actor.has(ADMINISTRATOR) or manages(actor, *consultation.sites)


def may_mark_in_error(actor: Actor, consultation: Consultation) -> None:
    needs = f"{ADMINISTRATOR}, or {PROGRAMME_MANAGER} of one of its sites"
    must(corrects(actor, consultation), "mark_consultation_entered_in_error", needs)
