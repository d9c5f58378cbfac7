"""Who may do what. Each `may_` function that answers nothing raises `NotAllowed` when they may not."""

from collections.abc import Iterable

from chassis.kernel.actor import ADMINISTRATOR, COORDINATOR, PROGRAMME_MANAGER, Actor
from chassis.kernel.errors import NotAllowed
from services.research.domain.delegation import Delegation
from services.research.domain.occurrence import Occurrence
from services.research.domain.outcome import Outcome

_RUN_THE_PROGRAMME = (PROGRAMME_MANAGER, COORDINATOR)


def acts_for(actor: Actor, *sites: str) -> bool:
    """Whether the actor is a manager or coordinator of one of the sites."""
    return any(actor.has(role, at=site) for role in _RUN_THE_PROGRAMME for site in sites)


def reports(actor: Actor, outcome: Outcome, in_place_of: str | None = None) -> bool:
    """Whether the actor may report: whoever owes it, in any role, and those who run the programme at its sites.

    `in_place_of`: whose delegate the actor is for this outcome.
    """
    return outcome.responsible in {actor.person, in_place_of} or acts_for(actor, *outcome.sites)


def decides(actor: Actor, outcome: Outcome) -> bool:
    """Whether the actor may decide gates: programme managers of its sites."""
    return any(actor.has(PROGRAMME_MANAGER, at=site) for site in outcome.sites)


def may_report(actor: Actor, outcome: Outcome, in_place_of: str | None = None) -> None:
    _must_answer(actor, outcome, in_place_of, "report_outcome")


def may_correct(actor: Actor, outcome: Outcome, in_place_of: str | None = None) -> None:
    _must_answer(actor, outcome, in_place_of, "correct_outcome")


def may_attribute(actor: Actor, outcome: Outcome, in_place_of: str | None = None) -> None:
    _must_answer(actor, outcome, in_place_of, "attribute_outcome")


def may_claim(actor: Actor, outcome: Outcome, in_place_of: str | None = None) -> None:
    _must_answer(actor, outcome, in_place_of, "claim_outcome")


def may_reject(actor: Actor, outcome: Outcome, in_place_of: str | None = None) -> None:
    _must_answer(actor, outcome, in_place_of, "reject_outcome")


def may_enter(
    actor: Actor, came_of: Iterable[Occurrence], person: str, in_place_of: str | None, command: str = "enter_outcome"
) -> None:
    """What nobody expected comes of something by the word of who was there, their delegates, and who run the programme
    at its sites. Asked of the first, by which an agreement counts it. `command`: a claim says the same of a record."""
    first, *_ = came_of
    was_there = first.had(person) and person in {actor.person, in_place_of}
    runs = acts_for(actor, *first.sites)
    needs = "somebody who was there, their delegate, or manager or coordinator of one of its sites"
    _must(was_there or runs, command, needs)


def may_settle(actor: Actor, outcome: Outcome) -> None:
    """What becomes of it is for those to say who run the programme: an agreement counts by it."""
    _must(acts_for(actor, *outcome.sites), "settle_outcome", "manager or coordinator of one of its sites")


def may_attribute_to(actor: Actor, occurrence: Occurrence, agreement: str) -> bool:
    """Whether the actor knows of it: their site took part, they were there, or it is of the outcome's agreement."""
    is_of_theirs = bool(actor.sites & set(occurrence.sites)) or occurrence.had(actor.person)
    return is_of_theirs or occurrence.agreement == agreement


def may_merge(actor: Actor, outcome: Outcome) -> None:
    """Asked of both: whoever makes them one corrects the one, and takes the other away, which no call undoes. So no
    delegate does."""
    _must(
        reports(actor, outcome),
        "merge_outcomes",
        "the person responsible, or manager or coordinator of one of its sites",
    )


def may_publish(actor: Actor, outcome: Outcome, command: str) -> None:
    """Those who answer for what is told say to whom, and no delegate: what is harvested is taken back nowhere else.

    `command`: which of the two it is.
    """
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


def may_delegate(actor: Actor, person: str, sites: frozenset[str]) -> None:
    """Everybody names delegates of their own; for others those do who run the programme at all of these sites."""
    allowed = actor.person == person or (bool(sites) and all(acts_for(actor, site) for site in sites))
    _must(allowed, "name_delegate", "the person themself, or manager or coordinator of each of the sites")


def may_end_delegation(actor: Actor, delegation: Delegation, sites: frozenset[str]) -> None:
    """Who may name one, and the delegate too. `sites`: the person's."""
    allowed = actor.person in {delegation.person, delegation.delegate} or acts_for(actor, *sites)
    needs = "the person, the delegate, or manager or coordinator of one of the person's sites"
    _must(allowed, "end_delegate", needs)


def sees_delegations(actor: Actor, person: str, sites: frozenset[str]) -> bool:
    """Of themselves everybody; of others who run the programme at one of their sites, and administrators."""
    return actor.person == person or acts_for(actor, *sites) or actor.has(ADMINISTRATOR)


def _must_answer(actor: Actor, outcome: Outcome, in_place_of: str | None, action: str) -> None:
    needs = "the person responsible, their delegate, or manager or coordinator of one of its sites"
    _must(reports(actor, outcome, in_place_of), action, needs)


def _must(allowed: bool, action: str, needs: str) -> None:
    if not allowed:
        raise NotAllowed(action=action, needs=needs)
