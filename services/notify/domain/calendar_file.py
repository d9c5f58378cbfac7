"""The calendar file that goes with a mail: kept with the notification until its mail is sent or given up.

It is kept in every language, as the event brought it: which one its recipient reads is known for sure only when the
mail is written. A notification is one person's, so their file stands in it alone, and never among its facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from services.notify.domain.lines import Facts

_FOR_ALL, _BY_READER = "calendars", "calendar"
_READERS = ("visitors", "others")


@dataclass(frozen=True)
class CalendarFile:
    """`method` as in the file (RFC 5546); `texts`: one by language.

    `reply_to`: where mail programs send answers; empty where nobody is asked for one.
    """

    method: str
    reply_to: str
    texts: Mapping[str, str]

    def text_for(self, language: str) -> str:
        """The file in the language, or in English where there is none."""
        return self.texts.get(language) or self.texts["en"]


@dataclass(frozen=True)
class Enclosed:
    """What an event brings for calendars: who goes on a visit has another file than who stays, or has one alone."""

    visitors: CalendarFile | None = None
    others: CalendarFile | None = None

    def for_reader(self, *, goes: bool) -> CalendarFile | None:
        return self.visitors if goes else self.others


def taken_out(facts: Facts) -> tuple[Facts, Enclosed]:
    """An event's facts without the files that it carries, and the files."""
    rest = {name: value for name, value in facts.items() if name not in (_FOR_ALL, _BY_READER)}
    if _FOR_ALL in facts:
        one = CalendarFile(facts["method"], facts["reply_to"], facts[_FOR_ALL])
        return rest, Enclosed(one, one)
    if carried := facts.get(_BY_READER):
        files = {who: CalendarFile(carried["method"], "", carried[who]) for who in _READERS if who in carried}
        return rest, Enclosed(**files)
    return rest, Enclosed()
