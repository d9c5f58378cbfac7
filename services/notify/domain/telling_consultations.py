"""Who is told what of a consultation: the part of the table that speaks of people who meet online.

Who takes part hears of its times by invitation (`exchange.consultation.invited.v1`), and of nothing twice: the other
lines about those times pass over everybody who takes part.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from services.notify.domain.lines import Facts, Line, Whom

PARTICIPANT, ORGANISER, CHAIR = "participant", "organiser", "chair"
OWNER, SITE_COORDINATOR = "owner", "site-coordinator"


def _invited(facts: Facts) -> Iterable[str]:
    return facts["recipients"]  # type: ignore[no-any-return] # JSON


def _coming(facts: Facts) -> Iterable[str]:
    # What was told before it named who comes to the session knows who comes to most.
    coming = facts.get("coming")
    return (each["comes"] for each in facts["participants"] if each["comes"]) if coming is None else coming


def _concerned(facts: Facts) -> Iterable[str]:
    return (*facts["attended"], *_coming(facts))


def _organiser(facts: Facts) -> Iterable[str]:
    return (facts["organiser"],)


def _organiser_while_open(facts: Facts) -> Iterable[str]:
    # A reply that books or cancels it is followed by an event of its own: one message is enough.
    return _organiser(facts) if facts["state"] in ("waitlist", "proposed", "pending") else ()


def _organiser_if_chased_again(facts: Facts) -> Iterable[str]:
    return _organiser(facts) if facts["chased"] > 1 else ()


def _chair(facts: Facts) -> Iterable[str]:
    if chaired_by := facts.get("chaired_by"):
        return (chaired_by,)
    return (each["comes"] or each["person"] for each in facts["participants"] if each["role"] == "chair")


def _owner(facts: Facts) -> Iterable[str]:
    return (facts["action"]["owner"],)


def _owners(facts: Facts) -> Iterable[str]:
    return (action["owner"] for action in facts["actions"])


def _coordinators(facts: Facts) -> Iterable[str]:
    return (person for site in facts["sites"] for person in site["coordinators"])


def _coordinators_but_the_organiser(facts: Facts) -> Iterable[str]:
    return (person for person in _coordinators(facts) if person != facts["organiser"])


def _but_who_takes_part(whom: Whom) -> Whom:
    def others(facts: Facts) -> Iterable[str]:
        invited = {each[who] for each in facts["participants"] for who in ("person", "comes")}
        return (person for person in whom(facts) if person not in invited)

    return others


def _once_of_several(whom: Whom) -> Whom:
    """Of several sessions that one decision calls off, each is told; people hear of all of them with the first."""

    def at_first(facts: Facts) -> Iterable[str]:
        called_off = facts.get("called_off")
        return () if called_off and facts["slot"] != called_off[0] else whom(facts)

    return at_first


def _besides_the_invitation(purpose: str) -> tuple[Line, ...]:
    return (
        Line(purpose, ORGANISER, _but_who_takes_part(_organiser)),
        Line(purpose, SITE_COORDINATOR, _but_who_takes_part(_coordinators)),
    )


CONSULTATIONS: Mapping[str, tuple[Line, ...]] = {
    "exchange.consultation.invited.v1": (Line("consultation-invited", PARTICIPANT, _invited),),
    "exchange.consultation.proposed.v1": (
        Line("consultation-proposed", SITE_COORDINATOR, _but_who_takes_part(_coordinators_but_the_organiser)),
    ),
    "exchange.consultation.waits.v1": (Line("consultation-waits", ORGANISER, _organiser),),
    "exchange.consultation.waiting-ended.v1": (Line("consultation-waiting-ended", ORGANISER, _organiser),),
    "exchange.consultation.replied.v1": (Line("consultation-reply-received", ORGANISER, _organiser_while_open),),
    "exchange.consultation.booked.v1": _besides_the_invitation("consultation-booked"),
    "exchange.consultation.rescheduled.v1": _besides_the_invitation("consultation-rescheduled"),
    "exchange.consultation.participants-changed.v1": (
        Line("consultation-participants-changed", ORGANISER, _organiser),
    ),
    "exchange.consultation.cancelled.v1": _besides_the_invitation("consultation-cancelled"),
    "exchange.consultation.session-cancelled.v1": tuple(
        replace(line, whom=_once_of_several(line.whom))
        for line in _besides_the_invitation("consultation-session-cancelled")
    ),
    "exchange.consultation.session-soon.v1": (Line("consultation-soon", PARTICIPANT, _coming),),
    "exchange.consultation.session-held.v1": (
        Line("consultation-actions", OWNER, _owners),
        Line("consultation-held", PARTICIPANT, _concerned),
        Line("consultation-held", ORGANISER, _organiser),
    ),
    "exchange.consultation.closing-overdue.v1": (
        Line("consultation-closing-overdue", CHAIR, _chair),
        Line("consultation-closing-overdue", ORGANISER, _organiser),
    ),
    "exchange.consultation.action-overdue.v1": (
        Line("consultation-action-overdue", OWNER, _owner),
        Line("consultation-action-overdue-followed", ORGANISER, _organiser_if_chased_again),
    ),
    "exchange.consultation.entered-in-error.v1": _besides_the_invitation("consultation-entered-in-error"),
}


def people_of_consultation(facts: Facts) -> frozenset[str | None]:
    """Everybody whom a message about these facts may want to name; nobody where they are not of a consultation."""
    taking_part = (each[who] for each in facts.get("participants", ()) for who in ("person", "comes"))
    actions = (*facts.get("actions", ()), *((facts["action"],) if "action" in facts else ()))
    alone = (facts.get(who) for who in ("organiser", "participant", "deputy", "chair"))
    changed = (*facts.get("added", ()), *facts.get("removed", ()))
    return frozenset((*alone, *taking_part, *changed, *(action["owner"] for action in actions)))
