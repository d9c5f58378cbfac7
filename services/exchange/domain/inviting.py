"""What a letter of invitation may state, and of whom."""

from collections.abc import Mapping

from services.exchange.domain.letter import ISSUED, Letter, Signer, Stated
from services.exchange.domain.person import Person
from services.exchange.domain.refusals import MissingForLetter, NoSuchVisitor, WrongState
from services.exchange.domain.site import Site
from services.exchange.domain.visit import BOOKED, CANCELLED, ENTERED_IN_ERROR, FULFILLED, NOSHOW, PENDING, Visit

INVITED = frozenset({PENDING, BOOKED})
"""States of a visit in which an invitation makes sense: it holds its days, and nobody is there yet."""


NEVER = frozenset({CANCELLED, NOSHOW, ENTERED_IN_ERROR})
"""States of a visit that will not take place any more, or did not."""


def why_not_going(visit: Visit, person: str) -> str:
    """Why the visitor does not go any more; empty where they do, or did."""
    if visit.state in NEVER:
        return f"the visit is {visit.state}"
    return "" if person in {visitor.person for visitor in visit.going} else "the visitor withdrew"


def stands_now(letter: Letter, visit: Visit) -> bool:
    """Whether what the letter says is so: it was issued, and the visit is held for this visitor, or took place."""
    kept = visit.is_holding or visit.state == FULFILLED
    return letter.state == ISSUED and kept and not why_not_going(visit, letter.person)


def stated_of(
    visit: Visit, person: Person, *, host: Site, sending: Site, pays: Mapping[str, str], signer: Signer
) -> Stated:
    """What the letter says about the visitor. Raises `WrongState`, `NoSuchVisitor`, `MissingForLetter`."""
    if visit.state not in INVITED:
        raise WrongState(state=visit.state, command="issue_letter", fits=sorted(INVITED))
    if person.id not in {visitor.person for visitor in visit.going}:
        raise NoSuchVisitor(visit=visit.id, person=person.id)
    passport = person.passport
    if passport is None or person.birth_date is None or not person.sex:
        known = {"passport": passport, "birth_date": person.birth_date, "sex": person.sex}
        raise MissingForLetter(person=person.id, missing=[name for name, value in known.items() if not value])
    return Stated(
        passport_name=person.passport_name,
        sex=person.sex,
        birth_date=person.birth_date,
        passport_last_four=passport.last_four,
        kind=visit.kind,
        purpose=visit.purpose,
        arrival=visit.planned_arrival,
        departure=visit.planned_departure,
        host=host.names,
        host_country=host.country,
        host_zone=host.zone,
        host_department=host.department(visit.host_department).names,
        sending=sending.names,
        pays=pays,
        signer=signer,
    )
