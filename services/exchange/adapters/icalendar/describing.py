"""The text of a calendar entry: when it is at each end, in the reader's language.

Entries travel through servers of other countries and companies: they tell the title and the number of cases, and
nothing of a case, neither its reference nor its question.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date

from chassis.kernel.zones import zone_named
from services.exchange.adapters.icalendar.wording import field_in, say
from services.exchange.adapters.printing import LOCALES, name_in
from services.exchange.application.ports.calendar_files import Directory
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.sessions import CALLED_OFF, Session

MOST_SESSIONS = 30
"""So many have their times spelt out; of the others the text says how many they are."""


@dataclass(frozen=True)
class Reader:
    """Who reads it: `language`, and a `zone` of their own, empty where it is nobody in particular."""

    language: str
    zone: str = ""


def description(of: Consultation, sessions: tuple[Session, ...], reader: Reader, among: Directory, link: str) -> str:
    """The text of an entry that stands for these sessions. `link`: empty where readers are not to join."""
    language = reader.language
    cases = sum(not case.withdrawn for case in of.cases)
    lines = [say("about", language, field=field_in(of.field, language), cases=cases)]
    if of.urgent:
        lines.append(say("urgent", language))
    if link:
        lines.append(say("join", language, link=link))
    return "\n".join([*lines, "", say("times", language), *_times(of, sessions, reader, among)])


def location(of: Consultation, reader: Reader, among: Directory) -> str:
    """In which rooms people sit together. Rooms have no calendar address, and so are no ATTENDEE of CUTYPE=ROOM."""
    named = []
    for site_id, room_id in of.rooms.items():
        site = among.sites[site_id]
        names = next((room.names for room in site.rooms if room.id == room_id), None)
        if names:
            room, place = name_in(names, reader.language), name_in(site.names, reader.language)
            named.append(say("room", reader.language, room=room, site=place))
    return "; ".join(named)


def _times(of: Consultation, sessions: tuple[Session, ...], reader: Reader, among: Directory) -> Iterator[str]:
    told = [session for session in sessions if session.state != CALLED_OFF]
    ends = list(_ends(of, reader, among))
    for number, session in enumerate(told[:MOST_SESSIONS], start=1):
        if len(told) > 1:
            yield say("session", reader.language, number=number)
        for place, zone in ends:
            yield time_at(place, zone, session, reader.language)
    if len(told) > MOST_SESSIONS:
        yield say("more", reader.language, count=len(told) - MOST_SESSIONS)


def _ends(of: Consultation, reader: Reader, among: Directory) -> Iterator[tuple[str, str]]:
    """Name and zone of each site, and the reader's own where it is another one."""
    zones = set()
    for site in (among.sites[each] for each in of.sites):
        zones.add(site.zone)
        yield name_in(site.names, reader.language), site.zone
    if reader.zone and reader.zone not in zones:
        yield say("you", reader.language), reader.zone


def time_at(place: str, zone: str, session: Session, language: str) -> str:
    """From when to when a session is at one place; with both days where it ends on another one."""
    begins, ends = (moment.astimezone(zone_named(zone)) for moment in (session.begins, session.ends))
    until = f"{ends:%H:%M}" if ends.date() == begins.date() else f"{day_in(ends.date(), language)} {ends:%H:%M}"
    facts = {"begins": f"{begins:%H:%M}", "ends": until, "zone": zone, "offset": _offset(begins)}
    return say("at", language, place=place, day=day_in(begins.date(), language), **facts)


@lru_cache(maxsize=4096)
def day_in(day: date, language: str) -> str:
    """With its weekday."""
    return str(format_date(day, "full", locale=LOCALES.get(language, LOCALES["en"])))


def _offset(moment: datetime) -> str:
    offset = f"{moment:%z}"
    return f"UTC{offset[:3]}:{offset[3:]}"
