"""Who may meet whom: what has to be so of participants, interpreters, deputies and rooms."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from services.exchange.domain.consultations.finding.refusals import NotOfTheSite
from services.exchange.domain.consultations.participants import CHAIR, INTERPRETER, Participant
from services.exchange.domain.consultations.refusals import (
    ChairNeeded,
    LanguagesNotSpoken,
    NotAPartner,
    PairNeeded,
    ParticipantNamedTwice,
    RoomNotNeeded,
    SeveralSitesNeeded,
)
from services.exchange.domain.person import Person

PAIR = 2


def must_be_assembled(participants: Sequence[Participant], people: Mapping[str, Person]) -> None:
    """Refuses by name participants who cannot meet. `people`: everybody who is named, deputies among them.

    Raises `SeveralSitesNeeded`, `ChairNeeded`, `ParticipantNamedTwice`, `NotOfTheSite`, `PairNeeded`,
    `LanguagesNotSpoken`.
    """
    _must_be_there_once(participants)
    chairs = [each.person for each in participants if each.role == CHAIR]
    if len(chairs) != 1 or not all(each.required for each in participants if each.role == CHAIR):
        raise ChairNeeded(chairs=chairs)
    sites = sorted({each.site for each in participants})
    if len(sites) == 1:
        raise SeveralSitesNeeded(sites=sites)
    for participant in participants:
        _must_fit(participant, people)


def must_be_partners(sites: Iterable[str], partners: Sequence[str], agreement: str) -> None:
    """Raises `NotAPartner`."""
    for site in sites:
        if site not in partners:
            raise NotAPartner(site=site, agreement=agreement)


def rooms_must_be_needed(rooms: Mapping[str, str], participants: Sequence[Participant]) -> None:
    """Raises `RoomNotNeeded` for a room of a site of which nobody takes part."""
    for site, room in rooms.items():
        if site not in {each.site for each in participants}:
            raise RoomNotNeeded(site=site, room=room)


def _must_be_there_once(participants: Sequence[Participant]) -> None:
    # A deputy may stand in for several, as whoever comes first needs one; nobody stands in who takes part anyway.
    named = Counter(each.person for each in participants)
    for participant in participants:
        for deputy in participant.deputies:
            if deputy in named:
                raise ParticipantNamedTwice(person=deputy)
    if twice := next((person for person, times in named.items() if times > 1), None):
        raise ParticipantNamedTwice(person=twice)


def _must_fit(participant: Participant, people: Mapping[str, Person]) -> None:
    is_interpreter = participant.role == INTERPRETER
    if is_interpreter != bool(participant.languages) or len(set(participant.languages)) not in (0, PAIR):
        pair = list(participant.languages)
        raise PairNeeded(person=participant.person, role=participant.role, languages=pair)
    for each in (participant.person, *participant.deputies):
        person = people[each]
        if participant.site not in person.sites:
            raise NotOfTheSite(person=each, site=participant.site)
        if not set(participant.languages) <= set(person.languages):
            speaks = list(person.languages)
            raise LanguagesNotSpoken(person=each, languages=list(participant.languages), speaks=speaks)
