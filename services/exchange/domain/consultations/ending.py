"""A session that is over keeps who was to take part in it, whoever does so later."""

from collections.abc import Iterable
from dataclasses import replace

from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.participants import Roster, with_deputies
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.consultations.standing import with_session


def with_ended(consultation: Consultation, session: Session) -> Consultation:
    """With this session, which took place or was waited for in vain, in the place of the one of its slot."""
    roster = Roster(consultation.participants, consultation.sites, consultation.answers, consultation.rooms)
    named = (*consultation.on_rosters, *with_deputies(roster.participants), *roster.sites)
    ended = with_session(consultation, replace(session, roster=roster))
    return replace(ended, on_rosters=tuple(dict.fromkeys(named)))


def as_it_met(consultation: Consultation, session: Session) -> Consultation:
    """The consultation as it stood for the session: with its roster, once it has one."""
    roster = session.roster
    if roster is None:
        return consultation
    return replace(
        consultation,
        participants=roster.participants,
        sites=roster.sites,
        answers=roster.answers,
        rooms=roster.rooms,
    )


def no_longer_there(consultation: Consultation) -> list[str]:
    """Who was to take part in a session that is over, or a deputy of theirs was, and is not in those to come."""
    were = dict.fromkeys(who for roster in _rosters(consultation) for who in with_deputies(roster.participants))
    return [who for who in were if who not in with_deputies(consultation.participants)]


def took_place_with(consultation: Consultation, person: str) -> Consultation | None:
    """The sessions that are over and were, or are, to have the person in them; as the last of these met."""
    over = tuple(each for each in consultation.sessions if each.is_over and person in expected_at(consultation, each))
    return replace(as_it_met(consultation, over[-1]), sessions=over) if over else None


def expected_at(consultation: Consultation, session: Session) -> frozenset[str]:
    """Its participants, who was to come in somebody's place, and whoever was there."""
    met = as_it_met(consultation, session)
    come = (met.comes(each, session) for each in met.participants)
    people = (*(each.person for each in met.participants), *come, *(session.attended or ()))
    return frozenset(person for person in people if person)


def everybody_in(consultation: Consultation) -> tuple[str, ...]:
    """Everybody whom it names: its organiser, who takes part, or did in a session that is over, and their deputies.

    A session may name as who came a deputy who is one no longer.
    """
    rosters = _rosters(consultation)
    said = (
        consultation.answers,
        *(session.answers for session in consultation.sessions),
        *(r.answers for r in rosters),
    )
    deputies = (answer.deputy for answers in said for answer in answers.values() if answer.deputy)
    were = (who for roster in rosters for who in with_deputies(roster.participants))
    return tuple(dict.fromkeys((consultation.organiser, *with_deputies(consultation.participants), *were, *deputies)))


def every_site_of(consultation: Consultation) -> tuple[str, ...]:
    """Whose people take part, or did in a session that is over."""
    were = (site for roster in _rosters(consultation) for site in roster.sites)
    return tuple(dict.fromkeys((*consultation.sites, *were)))


def sites_at(session: Session, sites: Iterable[str]) -> frozenset[str]:
    """Whose people the session was, or is, for; `sites` are those of its consultation."""
    return frozenset(session.roster.sites if session.roster else sites)


def sites_that_met(consultation: Consultation, session: Session) -> frozenset[str]:
    """For which sites somebody was there; where that was not yet recorded, those that were to come."""
    return frozenset(session.attended_for.values()) or sites_at(session, consultation.sites)


def _rosters(consultation: Consultation) -> list[Roster]:
    return [session.roster for session in consultation.sessions if session.roster]
