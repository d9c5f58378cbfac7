"""Plain values of consultations and of calendar files to start from; each takes what a test wants to be different."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from services.exchange.adapters.icalendar.feeds import FeedFiles
from services.exchange.adapters.icalendar.invitations import InvitationFiles
from services.exchange.application.ports.calendar_files import (
    OF_PERSON,
    Directory,
    Feed,
    ListedConsultation,
    ListedVisit,
)
from services.exchange.domain.agreement import Agreement, Version
from services.exchange.domain.agreement_text import CONSULTATION
from services.exchange.domain.consultations.cases import ROUTINE, Case
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.consultations.participants import (
    CHAIR,
    INTERPRETER,
    PRESENTER,
    SPECIALIST,
    Answer,
    Participant,
)
from services.exchange.domain.consultations.sessions import Session
from services.exchange.domain.parties import ACCEPTED
from services.exchange.domain.person import Person
from services.exchange.domain.site import Room, Site
from services.exchange.domain.visit import BOOKED, PROPOSED
from tests.unit.exchange.given import GILGIT, KASHGAR, NOW, agreement, condition, person, site, visit

BEGINS = datetime(2026, 4, 7, 3, 0, tzinfo=UTC)
"""Eleven in Kashgar, eight in Gilgit."""
WEBSITE, REPLIES = "https://khunjerab.example/", "consultations@khunjerab.example"
ZHANG, BANO, KHAN, YUSUF, DEPUTY = "per_zhang", "per_bano", "per_khan", "per_yusuf", "per_deputy"
QUESTION, REFERENCE = "Is the cyst in segment VII still active?", "GB-2026-0117"


def people(**different: Person) -> dict[str, Person]:
    known = {
        ZHANG: Person(ZHANG, "Zhang Wei", "张伟", "zh", "Asia/Shanghai", "zhang@kashgar.example", (KASHGAR,)),
        BANO: person(BANO),
        KHAN: person(KHAN, passport_name="Khan, Imran; Dr", local_name="عمران خان", email="Khan@Gilgit.example"),
        YUSUF: Person(YUSUF, "Yusuf Ali", "Yusuf Ali", "en", "Europe/Berlin", "yusuf@berlin.example", (KASHGAR,)),
        DEPUTY: person(DEPUTY, passport_name="Noor Jehan", local_name="نور جہاں", email="noor@gilgit.example"),
    }
    return known | different


def sites() -> dict[str, Site]:
    rooms = (Room("rom_1", {"en": "Room 1, second floor", "zh": "二楼一号会议室"}, 12),)
    gilgit = Site(GILGIT, {"en": "Gilgit", "ur": "گلگت"}, "PK", "Asia/Karachi", (), ())
    return {KASHGAR: site(names={"en": "Kashgar", "zh": "喀什"}, rooms=rooms), GILGIT: gilgit}


def directory() -> Directory:
    return Directory(people(), sites())


def session(begins: datetime = BEGINS, **different: Any) -> Session:
    """An hour from its slot on."""
    planned = Session(begins, begins, begins + timedelta(hours=1), link="https://meet.example/a?b=1,2;c")
    return replace(planned, **different)


def case(**different: Any) -> Case:
    return replace(Case("cas_1", REFERENCE, QUESTION, ROUTINE, BANO, BEGINS, ZHANG, NOW), **different)


def participants() -> tuple[Participant, ...]:
    return (
        Participant(ZHANG, CHAIR, KASHGAR),
        Participant(BANO, PRESENTER, GILGIT, deputies=(DEPUTY,)),
        Participant(KHAN, SPECIALIST, GILGIT, required=False),
        Participant(YUSUF, INTERPRETER, KASHGAR, languages=("en", "zh")),
    )


def consultation(**different: Any) -> Consultation:
    """Proposed, one session of one case."""
    proposed = Consultation(
        id="con_1",
        state=PROPOSED,
        agreement="agr_1",
        condition="cnd_1",
        field="liver echinococcosis",
        title="Cysts, staging; 肝包虫病",
        organiser=ZHANG,
        sites=(KASHGAR, GILGIT),
        zone="Asia/Shanghai",
        participants=participants(),
        sessions=(session(),),
        reply_by=NOW,
        rooms={KASHGAR: "rom_1"},
        cases=(case(),),
    )
    return replace(proposed, **different)


def terms(**different: Any) -> Agreement:
    """In effect for the whole of 2026, with one condition, of consultations, unless it is to be different."""
    return agreement(**{"conditions": (condition(kind=CONSULTATION),)} | different)


def without_the_condition() -> Agreement:
    """Its second text took the condition out."""
    had = terms(in_force_since=NOW - timedelta(days=2))
    first = Version(1, had.text, in_force_since=had.in_force_since)
    other = (condition(id="cnd_2", kind=CONSULTATION),)
    return replace(had, conditions=other, superseded=(first,), text_number=2, in_force_since=NOW)


def answer(status: str = ACCEPTED, **different: Any) -> Answer:
    return replace(Answer(status, None, NOW), **different)


def weekly(count: int = 4, zone: str = "Asia/Shanghai", begins: datetime = BEGINS, **different: Any) -> Consultation:
    """One session a week, by the clock of the zone, whatever its DST."""
    slots = _weeks(count, zone, begins)
    rule = f"FREQ=WEEKLY;COUNT={count}"
    return consultation(
        **{"zone": zone, "recurrence": rule, "sessions": tuple(session(at) for at in slots)} | different
    )


def _weeks(count: int, zone: str, begins: datetime) -> list[datetime]:
    local = begins.astimezone(ZoneInfo(zone))
    return [(local + timedelta(weeks=number)).astimezone(UTC) for number in range(count)]


def invitations() -> InvitationFiles:
    return InvitationFiles(WEBSITE, REPLIES)


def feed(kind: str = OF_PERSON, **different: Any) -> Feed:
    """Of a series and a visit, read in English."""
    plain = Feed(
        kind=kind,
        subject="sub_1",
        name="Kashgar; surgery",
        language="en",
        zone="Asia/Shanghai",
        consultations=(ListedConsultation(weekly(state=BOOKED), 3, NOW),),
        visits=(ListedVisit(visit(), 2, NOW),),
        among=directory(),
        source=f"{WEBSITE}feeds/secret.ics",
    )
    return replace(plain, **different)


def feeds(kept: int = 100) -> FeedFiles:
    return FeedFiles(WEBSITE, REPLIES, kept)
