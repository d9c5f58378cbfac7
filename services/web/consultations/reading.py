"""What the consultation pages read, put in the shape that they show."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from services.web.asking import ask, now, panel
from services.web.directory import ends_of
from services.web.presentation import placed
from services.web.refusals import Known, readable
from services.web.times import End, read_instant
from services.web.words import named

View = Mapping[str, Any]
JOURNEY = ("proposed", "pending", "booked", "arrived", "fulfilled")
"""The states of a consultation that goes well, in their order."""
STATES = ("waitlist", *JOURNEY, "cancelled", "noshow")
REFUSAL_OF = {
    "past": "SessionInThePast",
    "agreement": "AgreementNotInEffect",
    "lead": "TooShortNoticeForConsultation",
    "busy": "ParticipantBusy",
    "room": "RoomTaken",
    "room-size": "RoomTooSmall",
    "interpreter": "NoInterpreter",
    "night": "AtNight",
    "holiday": "SiteOnHoliday",
    "provisional-holiday": "SiteOnHoliday",
    "weekend": "SiteDayOff",
    "hours": "OutsideHours",
    "visit": "OnStaffVisit",
}
"""A rule that only warns is told as the refusal that it would have been."""


@dataclass(frozen=True)
class ClockTime:
    """When something begins and ends by the clock that these sites share, as local ISO texts."""

    begins: str
    ends: str
    sites: tuple[str, ...]


@dataclass(frozen=True)
class OtherTime:
    """What a participant asks for. `minutes`: for how long, where that is longer or shorter than it is.

    `slot`: which session it is for, where there are several.
    """

    begins: str = ""
    minutes: int | None = None
    slot: str | None = None


@dataclass(frozen=True)
class ConsultationPage:
    """One consultation as its page shows it; countries come from the directory, if that answers."""

    consultation: View
    sites: Mapping[str, View]

    @property
    def may(self) -> tuple[str, ...]:
        """What the person signed in may do now, as the service says."""
        return tuple(self.consultation["may"])

    @cached_property
    def ends(self) -> tuple[End, ...]:
        """One for each clock that its sites keep; called by the sites' names while their countries are not known."""
        own = self.consultation["sites"]
        if all(site["id"] in self.sites for site in own):
            return ends_of({**self.sites[site["id"]], **site} for site in own)
        by_zone: dict[str, list[str]] = {}
        for site in own:
            by_zone.setdefault(site["zone"], []).append(named(site["names"]))
        return tuple(End(" · ".join(names), " · ".join(names), zone) for zone, names in by_zone.items())

    @cached_property
    def people(self) -> dict[str, str]:
        """Names of participants and their deputies, by id."""
        known = {each["person"]: each["name"] for each in self.consultation["participants"]}
        deputies = (deputy for each in self.consultation["participants"] for deputy in each["deputies"])
        return known | {deputy["person"]: deputy["name"] for deputy in deputies}

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of everybody and everything that the page may speak of, by id."""
        view, gone = self.consultation, self.consultation["earlier"]
        left = {each["person"]: each["name"] for each in gone["people"]}
        said = {line["by"]: line["by_name"] for line in (*view["history"], *view["notes"]) if line["by_name"]}
        places = {site["id"]: named(site["names"]) for site in (*self.sites.values(), *gone["sites"], *view["sites"])}
        rooms = {room["id"]: named(room["names"]) or room["id"] for room in view["rooms"].values()}
        cases = {case["id"]: case["reference"] for case in view["cases"]}
        organiser = {view["organiser"]: view["organiser_name"]}
        return {**organiser, **said, **left, **self.people, **places, **rooms, **cases}

    @property
    def known(self) -> Known:
        return Known({each: name for each, name in self.names.items() if name}, self.ends)

    @property
    def planned(self) -> list[View]:
        """The sessions that are still to come, or to be closed."""
        return [session for session in self.consultation["sessions"] if session["state"] == "planned"]

    @property
    def begins(self) -> dict[str, str]:
        """When each session begins, by its slot; nothing where there is only one, which needs no name."""
        sessions = self.consultation["sessions"]
        return {each["slot"]: each["begins"] for each in sessions} if len(sessions) > 1 else {}

    @property
    def to_come(self) -> list[View]:
        """Those of them that have not begun."""
        return [session for session in self.planned if read_instant(session["begins"]) > now()]

    @property
    def begun(self) -> View | None:
        """The first session that has begun and is not closed."""
        return next((each for each in self.planned if read_instant(each["begins"]) <= now()), None)

    @property
    def after_this(self) -> list[View]:
        """The sessions that are planned behind the one that has begun."""
        if self.begun is None:
            return []
        begins = read_instant(self.begun["begins"])
        return [each for each in self.planned if read_instant(each["begins"]) > begins]

    def open_cases(self, slot: str) -> list[View]:
        """The cases of that session which have no opinion yet."""
        cases = self.consultation["cases"]
        return [case for case in cases if case["slot"] == slot and not case["opinion"] and not case["withdrawn"]]

    def asks_for(self, person: str) -> OtherTime:
        """The other time that a participant asks for; nothing where they ask for none."""
        of_all = next((each for each in self.consultation["participants"] if each["person"] == person), None)
        for session in (*self.to_come, *self.planned):
            answer = session["answers"].get(person) or of_all
            if answer and answer["asks_for"]:
                slot = session["slot"] if len(self.planned) > 1 else None
                return OtherTime(answer["asks_for"], other_length(answer, [session]), slot)
        return OtherTime()

    def other_length(self, answer: View) -> int | None:
        """For how many minutes it asks, where some of the sessions that are planned are longer or shorter."""
        return other_length(answer, self.planned)

    def warnings(self) -> list[str]:
        """Each warning as a sentence."""
        return [warned(warning, self.known) for warning in self.consultation["warnings"]]


def consultation_page(consultation_id: str) -> ConsultationPage:
    """Asks exchange for the consultation and, as a panel, for the sites' countries."""
    return ConsultationPage(ask("exchange", "consultation", consultation_id=consultation_id), known_sites())


def known_sites() -> dict[str, View]:
    """Every site by id; none while the directory does not answer."""
    return {site["id"]: site for site in (panel("exchange", "sites").content or {"items": []})["items"]}


def warned(warning: View, known: Known) -> str:
    """What a rule has against a time, as a sentence."""
    rule = str(warning["rule"])
    return readable(REFUSAL_OF.get(rule, rule), warning["facts"], known).message


def minutes_of(session: View) -> int:
    """How long a session takes."""
    takes = read_instant(session["ends"]) - read_instant(session["begins"])
    return int(takes.total_seconds() // 60)


def other_length(answer: View, sessions: list[View]) -> int | None:
    """For how many minutes an answer asks, unless all these sessions take just so long."""
    minutes = answer.get("asks_for_minutes")
    return minutes if minutes and any(minutes_of(each) != minutes for each in sessions) else None


def clocks(local: list[View]) -> list[ClockTime]:
    """A session by every clock that its sites keep; sites that keep the same one share it."""
    there: dict[tuple[str, str], list[str]] = {}
    for each in local:
        there.setdefault((each["begins"], each["ends"]), []).append(each["site"])
    return [ClockTime(begins, ends, tuple(sites)) for (begins, ends), sites in there.items()]


def steps(state: str) -> list[tuple[str, str]]:
    """The journey's states with `done`, `current` or `ahead`; one that ended otherwise stands at its end."""
    if state == "waitlist":
        return placed((state, *JOURNEY[1:]), 0)
    if state not in JOURNEY:
        return [("proposed", "done"), (state, "ended")]
    return placed(JOURNEY, JOURNEY.index(state) + (state == "fulfilled"))
