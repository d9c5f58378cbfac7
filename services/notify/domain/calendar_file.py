"""The calendar file that goes with a mail: kept with the notification until its mail is sent or given up.

It is kept in every language, as the event brought it: which one its recipient reads is known for sure only when the
mail is written. A notification is one person's, so their file stands in it alone, and never among its facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from services.notify.domain.lines import Facts

_CARRIED = "calendars"


@dataclass(frozen=True)
class CalendarFile:
    """`method` as in the file (RFC 5546); `reply_to`: where mail programs send answers; `texts`: one by language."""

    method: str
    reply_to: str
    texts: Mapping[str, str]

    def text_for(self, language: str) -> str:
        """The file in the language, or in English where there is none."""
        return self.texts.get(language) or self.texts["en"]


def taken_out(facts: Facts) -> tuple[Facts, CalendarFile | None]:
    """An event's facts without the files that it carries, and the files; nothing where it carries none."""
    if _CARRIED not in facts:
        return facts, None
    rest = {name: value for name, value in facts.items() if name != _CARRIED}
    return rest, CalendarFile(facts["method"], facts["reply_to"], facts[_CARRIED])
