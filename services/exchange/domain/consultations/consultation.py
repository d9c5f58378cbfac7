"""A consultation: who meets over which cases, when, and how far it has come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as having
from datetime import datetime

from services.exchange.domain.consultations.cases import Action, Case
from services.exchange.domain.consultations.participants import CHAIR, Answer, Participant, with_deputies
from services.exchange.domain.consultations.quarters import key_of, quarters
from services.exchange.domain.consultations.refusals import NoSuchSession, NotAParticipant
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.parties import ACCEPTED, DECLINED, Note
from services.exchange.domain.visit import (
    ARRIVED,
    BOOKED,
    CANCELLED,
    ENTERED_IN_ERROR,
    FULFILLED,
    NOSHOW,
    PENDING,
    PROPOSED,
    Warned,
)

WAITLIST = "waitlist"
"""The time that is wanted is taken; it is waited for (FHIR appointment status)."""
STATES = (WAITLIST, PROPOSED, PENDING, BOOKED, ARRIVED, FULFILLED, CANCELLED, NOSHOW, ENTERED_IN_ERROR)
HOLDING = frozenset({PENDING, BOOKED, ARRIVED})
OPEN = frozenset({WAITLIST, PROPOSED, PENDING})
"""States in which replies, or the time itself, are still waited for."""
UNDER_WAY = HOLDING | OPEN


@dataclass(frozen=True)
class Waiver:
    """Why an urgent consultation does not keep to some rules. `rules`: their names."""

    rules: tuple[str, ...]
    reason: str
    by: str | None


@dataclass(frozen=True)
class JointFinding:
    """What the sites found together, from which research expects an outcome of this type."""

    summary: str
    outcome_type: str
    due_days: int


@dataclass(frozen=True)
class Consultation:
    """Several sites meet once, or again and again; each meeting is a session, in the order of their slots.

    `organiser` answers for it, and need not take part. `sites`: whose people take part; the first is the organiser's.
    `recurrence`: the rule that the sessions come from (RFC 5545 RRULE, in the zone `zone`); empty for a single one.
    `rooms`: in which room a site's people sit together. `sequence`: how often it was announced anew (RFC 5545);
    `asked_with`: the one that people were last asked by, where what came behind it asks nothing. See `announcing`.
    `needs`: everybody and every room that it may occupy; `owed_by`: whose actions are open, `is_owed` whether there are
    any: so that one can ask for what concerns somebody. See `with_needs` and `with_actions`. `on_rosters`: everybody
    whom, and every site that, sessions which are over name: so that one can ask for what somebody took part in.
    `met_from`: the state in which it stood when attendance was recorded; empty where that is longer ago.
    """

    id: str
    state: str
    agreement: str
    condition: str
    field: str
    title: str
    organiser: str
    sites: tuple[str, ...]
    zone: str
    participants: tuple[Participant, ...]
    sessions: tuple[Session, ...]
    reply_by: datetime
    recurrence: str = ""
    urgent: bool = False
    waiver: Waiver | None = None
    rooms: Mapping[str, str] = having(default_factory=dict)
    answers: Mapping[str, Answer] = having(default_factory=dict)
    cases: tuple[Case, ...] = ()
    actions: tuple[Action, ...] = ()
    finding: JointFinding | None = None
    notes: tuple[Note, ...] = ()
    warnings: tuple[Warned, ...] = ()
    sequence: int = 0
    asked_with: int | None = None
    needs: tuple[str, ...] = ()
    owed_by: tuple[str, ...] = ()
    is_owed: bool = False
    on_rosters: tuple[str, ...] = ()
    met_from: str = ""

    @property
    def is_holding(self) -> bool:
        return self.state in HOLDING

    @property
    def answerable_from(self) -> int:
        """Of which SEQUENCE an answer has to be, or later: that of the REQUEST it answers (RFC 5546, 2.1.4)."""
        return self.sequence if self.asked_with is None else self.asked_with

    @property
    def planned(self) -> tuple[Session, ...]:
        """The sessions that are still to come, or wait to be closed."""
        return tuple(session for session in self.sessions if session.is_planned)

    @property
    def chair(self) -> str:
        """The person: every consultation has exactly one."""
        return next(each.person for each in self.participants if each.role == CHAIR)

    @property
    def required(self) -> tuple[Participant, ...]:
        return tuple(each for each in self.participants if each.required)

    def session(self, slot: datetime) -> Session:
        """Raises `NoSuchSession`."""
        for session in self.sessions:
            if session.slot == slot:
                return session
        raise NoSuchSession(consultation=self.id, slot=slot.isoformat())

    def participant(self, person: str) -> Participant:
        """Raises `NotAParticipant`."""
        for participant in self.participants:
            if participant.person == person:
                return participant
        raise NotAParticipant(person=person)

    def answer(self, person: str, session: Session) -> Answer | None:
        """What the participant said of the session, else of all of them."""
        return session.answers.get(person) or self.answers.get(person)

    def comes(self, participant: Participant, session: Session) -> str | None:
        """Who is to come to the session: the participant, or who stands in for them; `None` where nobody does."""
        answer = self.answer(participant.person, session)
        if answer is None:
            return participant.person
        return None if answer.status == DECLINED else answer.deputy or participant.person

    def is_awaited(self, participant: Participant, session: Session) -> bool:
        """Whether nobody has said yet who comes for a participant who is required."""
        answer = self.answer(participant.person, session)
        has_accepted = answer is not None and answer.status == ACCEPTED
        return participant.required and not has_accepted and self.comes(participant, session) == participant.person

    def held_for(self, participant: Participant, session: Session) -> str | None:
        """Whose time is held for it: of who comes, or of a deputy who is free where who is awaited is not.

        Required people's is held from the first acceptance on, optional people's once they accepted.
        """
        if self.is_awaited(participant, session):
            return session.stand_ins.get(participant.person, participant.person)
        answer = self.answer(participant.person, session)
        is_held = participant.required or (answer is not None and answer.status == ACCEPTED)
        return self.comes(participant, session) if is_held else None


def with_needs(consultation: Consultation) -> Consultation:
    """With its participants, their deputies and its rooms as what it may occupy."""
    people = with_deputies(consultation.participants)
    return replace(consultation, needs=tuple(dict.fromkeys((*people, *consultation.rooms.values()))))


def with_actions(consultation: Consultation, actions: tuple[Action, ...]) -> Consultation:
    """With these as what is, or was, to be done."""
    owed_by = tuple(dict.fromkeys(action.owner for action in actions if action.is_open))
    return replace(consultation, actions=actions, owed_by=owed_by, is_owed=bool(owed_by))


def holds(consultation: Consultation) -> tuple[str, ...]:
    """Every quarter of a person and of a room that the consultation occupies; none unless it holds."""
    if not consultation.is_holding:
        return ()
    # Two who stand in for each other are one person, and held once.
    return tuple(dict.fromkeys(key for session in consultation.planned for key in session_keys(consultation, session)))


def session_keys(consultation: Consultation, session: Session) -> Iterator[str]:
    """What one session needs: its people and rooms, quarter by quarter."""
    for kind, thing in _things(consultation, session):
        for quarter in quarters(session.begins, session.ends):
            yield key_of(kind, thing, quarter)


def _things(consultation: Consultation, session: Session) -> Iterator[tuple[str, str]]:
    for participant in consultation.participants:
        if person := consultation.held_for(participant, session):
            yield "person", person
    for room in consultation.rooms.values():
        yield "room", room
