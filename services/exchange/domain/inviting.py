"""What a letter of invitation may state, and of whom."""

from collections.abc import Iterator, Mapping

from services.exchange.domain.letter import ISSUED, Letter, Signer, Stated
from services.exchange.domain.letter_refusals import MissingForLetter, NoSuchVisitor
from services.exchange.domain.person import Person
from services.exchange.domain.refusals import WrongState
from services.exchange.domain.site import Site
from services.exchange.domain.visit import FULFILLED, HOLDING, Visit, Visitor
from services.exchange.domain.visit_refusals import VisitorNotExpected

INVITED = HOLDING
"""States of a visit in which an invitation makes sense: it holds its days. Who is there may need one to stay longer."""


def why_not_going(visit: Visit, person: str) -> str:
    """Why the visitor does not go any more; empty where they do, or did."""
    if visit.state not in INVITED | {FULFILLED}:
        return f"the visit is {visit.state}"
    return "" if _visitor(visit, person) else "the visitor withdrew"


def is_over_for(visit: Visit, person: str) -> bool:
    """Whether the visitor was there and left: what invited them was so, whatever changes now."""
    visitor = _visitor(visit, person)
    return visit.state == FULFILLED or bool(visitor and visitor.departed_on)


def why_not_so(letter: Letter, visit: Visit, person: Person) -> tuple[str, ...]:
    """Why what the letter says is not so any more; empty while it is."""
    if because := why_not_going(visit, letter.person):
        return (because,)
    return () if is_over_for(visit, letter.person) else tuple(_changes(letter.stated, visit, person))


def stands_now(letter: Letter, visit: Visit, person: Person) -> bool:
    """Whether it was issued and what it says is so: of the visitor, their passport and the days."""
    return letter.state == ISSUED and not why_not_so(letter, visit, person)


def states_passport_of(stated: Stated, person: Person) -> bool:
    """Whether the passport that the letter was asked for is still the person's."""
    passport = person.passport
    stands = (passport.last_four, passport.mark) if passport else None
    return stands == (stated.passport_last_four, stated.passport_mark)


def stated_of(
    visit: Visit, person: Person, *, host: Site, sending: Site, pays: Mapping[str, str], signer: Signer
) -> Stated:
    """What the letter says about the visitor.

    Raises `WrongState`, `NoSuchVisitor`, `VisitorNotExpected` for one who has left, `MissingForLetter`.
    """
    if visit.state not in INVITED:
        raise WrongState(state=visit.state, command="issue_letter", fits=sorted(INVITED))
    _must_be_going(visit, person.id)
    passport = person.passport
    if passport is None or person.birth_date is None or not person.sex:
        known = {"passport": passport, "birth_date": person.birth_date, "sex": person.sex}
        raise MissingForLetter(person=person.id, missing=[name for name, value in known.items() if not value])
    return Stated(
        passport_name=person.passport_name,
        sex=person.sex,
        birth_date=person.birth_date,
        passport_last_four=passport.last_four,
        passport_mark=passport.mark,
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


def _visitor(visit: Visit, person: str) -> Visitor | None:
    return next((visitor for visitor in visit.going if visitor.person == person), None)


def _must_be_going(visit: Visit, person: str) -> None:
    visitor = _visitor(visit, person)
    if visitor is None:
        raise NoSuchVisitor(visit=visit.id, person=person)
    if visitor.departed_on:
        raise VisitorNotExpected(person=person, because="departed")


def _changes(stated: Stated, visit: Visit, person: Person) -> Iterator[str]:
    if (stated.arrival, stated.departure) != (visit.planned_arrival, visit.planned_departure):
        yield "the dates changed"
    if person.passport is None:
        yield "the passport is not known any more"
    elif not states_passport_of(stated, person):
        yield "it is another passport"
    if (stated.passport_name, stated.sex, stated.birth_date) != (person.passport_name, person.sex, person.birth_date):
        yield "name, sex or date of birth changed"
