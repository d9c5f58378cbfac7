"""Who may do what. Each `may_` function that answers nothing raises `NotAllowed` when they may not."""

from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.errors import NotAllowed
from services.research.domain.outcome import Outcome

_RUN_THE_PROGRAMME = (PROGRAMME_MANAGER, COORDINATOR)


def acts_for(actor: Actor, *sites: str) -> bool:
    """Whether the actor is a manager or coordinator of one of the sites."""
    return any(actor.has(role, at=site) for role in _RUN_THE_PROGRAMME for site in sites)


def reports(actor: Actor, outcome: Outcome) -> bool:
    """Whether the actor may report: whoever owes it, in any role, and those who run the programme at its sites."""
    return actor.person == outcome.responsible or acts_for(actor, *outcome.sites)


def decides(actor: Actor, outcome: Outcome) -> bool:
    """Whether the actor may decide gates: programme managers of its sites."""
    return any(actor.has(PROGRAMME_MANAGER, at=site) for site in outcome.sites)


def may_report(actor: Actor, outcome: Outcome) -> None:
    _must(
        reports(actor, outcome),
        "report_outcome",
        "the person responsible, or manager or coordinator of one of its sites",
    )


def may_correct(actor: Actor, outcome: Outcome) -> None:
    _must(
        reports(actor, outcome),
        "correct_outcome",
        "the person responsible, or manager or coordinator of one of its sites",
    )


def may_merge(actor: Actor, outcome: Outcome) -> None:
    """Asked of both: whoever makes them one corrects the one, and takes the other away."""
    _must(
        reports(actor, outcome),
        "merge_outcomes",
        "the person responsible, or manager or coordinator of one of its sites",
    )


def may_publish(actor: Actor, outcome: Outcome, command: str) -> None:
    """Those who may correct what is told say to whom. `command`: which of the two it is."""
    _must(reports(actor, outcome), command, "the person responsible, or manager or coordinator of one of its sites")


def may_waive(actor: Actor, outcome: Outcome) -> None:
    """Whoever owes a report does not release themselves, unless they run the programme."""
    _must(acts_for(actor, *outcome.sites), "waive_outcome", "manager or coordinator of one of its sites")


def may_decide(actor: Actor, outcome: Outcome) -> None:
    _must(decides(actor, outcome), "decide_gate", f"{PROGRAMME_MANAGER} of one of its sites")


def may_rate(actor: Actor, outcome: Outcome) -> None:
    _must(decides(actor, outcome), "rate_readiness", f"{PROGRAMME_MANAGER} of one of its sites")


def may_confirm(actor: Actor, outcome: Outcome, site: str, command: str = "confirm_adoption") -> None:
    """A site speaks for itself of its adoption; that it is a partner at all is for the decision to say."""
    speaks = acts_for(actor, site) or site not in outcome.sites
    _must(speaks and acts_for(actor, *outcome.sites), command, "manager or coordinator of the adopting site")


def may_see(actor: Actor, outcome: Outcome) -> bool:
    """People of its sites, whoever owes the report or hears of it, administrators and the system."""
    return (
        actor.is_system
        or actor.has(ADMINISTRATOR)
        or bool(actor.sites & set(outcome.sites))
        or actor.person in {outcome.responsible, *outcome.followers}
    )


def _must(allowed: bool, action: str, needs: str) -> None:
    if not allowed:
        raise NotAllowed(action=action, needs=needs)
