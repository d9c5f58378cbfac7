"""What commands about sites are made of."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from chassis.commands import Change, Command, Day, FullParagraph, Line
from contracts.words import DepartmentId, Language, Names, PersonId, RoomId, SiteId
from services.exchange.domain.calendar import OwnHoliday, Season
from services.exchange.domain.site import Factsheet

Seats = Annotated[int, Field(ge=1, le=500, strict=True)]
Places = Annotated[int, Field(ge=1, le=200, strict=True)]
People = Annotated[tuple[PersonId, ...], Field(max_length=20)]
Fields = Annotated[tuple[Line, ...], Field(max_length=50)]
SpokenLanguage = Annotated[str, StringConstraints(pattern="^[a-z]{2,3}$")]
"""ISO 639: `ug`, `ur`, `scl` (Shina)."""
SpokenLanguages = Annotated[tuple[SpokenLanguage, ...], Field(max_length=30)]
TimeOfDay = Annotated[str, StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]
Weekday = Annotated[int, Field(ge=1, le=7)]
"""ISO: Monday 1 to Sunday 7."""
Texts = Annotated[dict[Language, FullParagraph], Field(max_length=3)]


def _is_a_day(text: str) -> str:
    # Of 29 February a season may begin in every year: 2000 had one.
    date.fromisoformat(text if len(text) > len("MM-DD") else f"2000-{text}")
    return text


SeasonDay = Annotated[str, StringConstraints(pattern="^([0-9]{4}-)?[0-9]{2}-[0-9]{2}$"), AfterValidator(_is_a_day)]
"""`MM-DD`, or `YYYY-MM-DD` where it happens once."""


class SeasonOfHours(Command):
    """Working hours of each weekday; a weekday that is missing is off. Both days `MM-DD`, or both `YYYY-MM-DD`."""

    name: Line
    first: SeasonDay
    last: SeasonDay
    weekdays: dict[Weekday, Annotated[tuple[tuple[TimeOfDay, TimeOfDay], ...], Field(min_length=1, max_length=6)]]

    def season(self) -> Season:
        return Season(self.name, self.first, self.last, self.weekdays)


class Holiday(Command):
    """A day off of the site's own, or a workday where there would be none."""

    day: Day
    name: Line
    works: bool = Field(default=False, strict=True)

    def holiday(self) -> OwnHoliday:
        return OwnHoliday(self.day, self.name, self.works)


class HostFactsheet(Command):
    """Texts per language; `lead_days`: how many days before an arrival the host wants to know."""

    visa: Texts = Field(default_factory=dict)
    housing: Texts = Field(default_factory=dict)
    insurance: Texts = Field(default_factory=dict)
    lead_days: Annotated[int, Field(ge=0, le=365, strict=True)] = 0

    def factsheet(self) -> Factsheet:
        return Factsheet(self.visa, self.housing, self.insurance, self.lead_days)


class NewDepartment(Command):
    """A department that hosts visits; `seats` visitors can be there on one day."""

    names: Names
    seats: Seats
    fields: Fields = ()


class NewRoom(Command):
    """A room with a screen, from which up to `places` people take part in a consultation together."""

    names: Names
    places: Places


class SiteChange(Change):
    """Base of every change to a site."""

    site_id: SiteId


class DepartmentChange(SiteChange):
    """Base of every change to one of its departments."""

    department_id: DepartmentId


class RoomChange(SiteChange):
    """Base of every change to one of its rooms."""

    room_id: RoomId
