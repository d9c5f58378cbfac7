"""The people of an invitation as ORGANIZER and ATTENDEEs."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from icalendar import vCalAddress

from services.exchange.adapters.icalendar.addresses import Office, mailbox
from services.exchange.application.ports.calendar_files import Directory
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.participants import CHAIR, Answer, Participant
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.parties import DECLINED
from services.exchange.domain.person import Person

Value = str | tuple[str, ...]
"""Of a parameter; what has several is a tuple, for lines to be remembered by it."""


def organizer(of: Consultation, office: Office, among: Directory, language: str) -> vCalAddress:
    """The organiser's name at the address to which replies go; the chair's where nobody is registered as them."""
    person = among.people.get(of.organiser) or among.people.get(of.chair)
    return mailbox(office.reply_address, name_for(person, language) if person else office.reply_address)


def attendees(
    of: Consultation, among: Directory, language: str, session: Session | None = None, *, briefly: bool = False
) -> Iterator[vCalAddress]:
    """Everybody who takes part and whoever comes for them; as they answered for the session, else for all.

    `briefly`: the chair alone. Who is registered no longer is left out.
    """
    named = [each for each in of.participants if each.person in among.people and (each.role == CHAIR or not briefly)]
    said = {each: of.answer(each.person, session) if session else of.answers.get(each.person) for each in named}
    absent = _absent(said, among)
    # Who takes part anyhow has an ATTENDEE already, and one address has only one.
    there = {each.person for each in of.participants}
    for participant, answer in said.items():
        deputy = _deputy(answer, among)
        sent = _to(among.people[deputy]) if deputy else {}
        yield _attendee(among.people[participant.person], participant, answer, language, sent)
        if deputy and deputy not in there:
            there.add(deputy)
            foremost = absent[deputy][0]
            sent_by = _from(among.people[each.person] for each in absent[deputy])
            yield _attendee(among.people[deputy], foremost, said[foremost], language, sent_by)


def _absent(said: Mapping[Participant, Answer | None], among: Directory) -> Mapping[str, list[Participant]]:
    """By deputy those for whom they come, the one who is needed most before the others."""
    absent: dict[str, list[Participant]] = {}
    for participant in sorted(said, key=lambda each: (each.role != CHAIR, not each.required)):
        if deputy := _deputy(said[participant], among):
            absent.setdefault(deputy, []).append(participant)
    return absent


def _deputy(answer: Answer | None, among: Directory) -> str | None:
    return answer.deputy if answer and answer.status != DECLINED and answer.deputy in among.people else None


def uninvited(person: Person, language: str) -> vCalAddress:
    """Who takes part no longer."""
    return mailbox(person.email, name_for(person, language))


def name_for(person: Person, language: str) -> str:
    """In their own script for who reads their language, else as in the passport."""
    return person.local_name if person.language == language and person.local_name else person.passport_name


def _attendee(
    person: Person, participant: Participant, answer: Answer | None, language: str, delegation: Mapping[str, Value]
) -> vCalAddress:
    parameters: dict[str, Value] = {
        "CUTYPE": "INDIVIDUAL",
        "ROLE": _role(participant),
        "PARTSTAT": answer.status.upper() if answer else "NEEDS-ACTION",
        "RSVP": "FALSE" if answer and answer.is_given else "TRUE",
    }
    return _mailbox(person.email, name_for(person, language), tuple({**parameters, **delegation}.items()))


@lru_cache(maxsize=4096)
def _mailbox(address: str, name: str, parameters: tuple[tuple[str, Value], ...]) -> vCalAddress:
    """The same few people stand in many events. Nobody writes into it."""
    known = mailbox(address, name)
    known.params.update(parameters)
    return known


def _to(deputy: Person) -> Mapping[str, Value]:
    return {"PARTSTAT": "DELEGATED", "DELEGATED-TO": str(mailbox(deputy.email, ""))}


def _from(participants: Iterable[Person]) -> Mapping[str, Value]:
    return {"DELEGATED-FROM": tuple(str(mailbox(each.email, "")) for each in participants)}


def _role(participant: Participant) -> str:
    if participant.role == CHAIR:
        return "CHAIR"
    return "REQ-PARTICIPANT" if participant.required else "OPT-PARTICIPANT"
