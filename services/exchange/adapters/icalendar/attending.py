"""The people of an invitation as ORGANIZER and ATTENDEEs."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from icalendar import vCalAddress

from services.exchange.adapters.icalendar.addresses import Office, mailbox
from services.exchange.application.ports.calendar_files import Directory
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.participants import CHAIR, Answer, Participant
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.parties import DECLINED
from services.exchange.domain.person import Person


def organizer(of: Consultation, office: Office, among: Directory, language: str) -> vCalAddress:
    """The organiser's name at the address to which replies go; the chair's where nobody is registered as them."""
    person = among.people.get(of.organiser) or among.people[of.chair]
    return mailbox(office.reply_address, name_for(person, language))


def attendees(
    of: Consultation, among: Directory, language: str, session: Session | None = None, *, briefly: bool = False
) -> Iterator[vCalAddress]:
    """Everybody who takes part and whoever comes for them; as they answered for the session, else for all.

    `briefly`: the chair alone.
    """
    taking_part = {each.person for each in of.participants}
    named = [each for each in of.participants if each.role == CHAIR] if briefly else of.participants
    for participant in named:
        answer = of.answer(participant.person, session) if session else of.answers.get(participant.person)
        deputy = among.people[answer.deputy] if answer and answer.deputy and answer.status != DECLINED else None
        yield _attendee(among.people[participant.person], participant, answer, language, _to(deputy))
        # Who takes part anyhow has an ATTENDEE already, and one address has only one.
        if deputy and deputy.id not in taking_part:
            yield _attendee(deputy, participant, answer, language, _from(among.people[participant.person]))


def uninvited(person: Person, language: str) -> vCalAddress:
    """Who takes part no longer."""
    return mailbox(person.email, name_for(person, language))


def name_for(person: Person, language: str) -> str:
    """In their own script for who reads their language, else as in the passport."""
    return person.local_name if person.language == language and person.local_name else person.passport_name


def _attendee(
    person: Person, participant: Participant, answer: Answer | None, language: str, delegation: Mapping[str, str]
) -> vCalAddress:
    parameters = {
        "CUTYPE": "INDIVIDUAL",
        "ROLE": _role(participant),
        "PARTSTAT": answer.status.upper() if answer else "NEEDS-ACTION",
        "RSVP": "FALSE" if answer else "TRUE",
    }
    return _mailbox(person.email, name_for(person, language), tuple({**parameters, **delegation}.items()))


@lru_cache(maxsize=4096)
def _mailbox(address: str, name: str, parameters: tuple[tuple[str, str], ...]) -> vCalAddress:
    """The same few people stand in many events. Nobody writes into it."""
    known = mailbox(address, name)
    known.params.update(parameters)
    return known


def _to(deputy: Person | None) -> Mapping[str, str]:
    return {"PARTSTAT": "DELEGATED", "DELEGATED-TO": str(mailbox(deputy.email, ""))} if deputy else {}


def _from(participant: Person) -> Mapping[str, str]:
    return {"DELEGATED-FROM": str(mailbox(participant.email, ""))}


def _role(participant: Participant) -> str:
    if participant.role == CHAIR:
        return "CHAIR"
    return "REQ-PARTICIPANT" if participant.required else "OPT-PARTICIPANT"
