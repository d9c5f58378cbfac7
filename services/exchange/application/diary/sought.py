"""What a search of the diary says: its parameters, each understood or refused by name."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.exchange.domain.diary.dates import Dates, test_of
from services.exchange.domain.diary.refusals import InvalidParameter, ParameterNeeded, UnknownParameter

MOST_ON_A_PAGE, USUALLY_ON_A_PAGE = 100, 50
COUNT, AFTER, ID, LAST_UPDATED = "_count", "_after", "_id", "_lastUpdated"
_PIECE = re.compile(r"\\[,$|\\]|.", re.DOTALL)
"""A sign, or one that is escaped."""
_PLACE = re.compile(r"[0-9A-Za-z.-]{1,128}")

PARAMETERS: Mapping[str, Sequence[str]] = {
    "Appointment": (ID, LAST_UPDATED, "date", "actor", "practitioner", "status"),
    "AppointmentResponse": (ID, "appointment", "actor", "practitioner", "part-status"),
    "Schedule": (ID, "actor"),
    "Slot": (ID, "schedule", "start", "status"),
    "Organization": (ID, "name", "partof"),
    "PractitionerRole": (ID, "organization"),
}
"""What narrows a search, by the type that is searched for."""


@dataclass(frozen=True)
class Sought:
    """`asked`: the parameters that are heeded, in their order. `after`: where the page before ended."""

    type: str
    asked: Sequence[tuple[str, str]]
    count: int
    after: str | None

    def all_of(self, *names: str) -> list[list[str]]:
        """The values of parameters: every item has to fit, and one fits where one of its alternatives does."""
        return [_alternatives(value) for name, value in self.asked if name in names]

    def dates(self, name: str) -> Dates:
        """Raises `InvalidParameter`."""
        return [[test_of(name, text) for text in alternatives] for alternatives in self.all_of(name)]

    def codes(self, name: str, system: str, known: Iterable[str]) -> list[list[str]]:
        """The codes that are sought, `system|` before them left off. Raises `InvalidParameter` for one unknown."""
        return [
            [_code(name, text, system, tuple(known)) for text in alternatives] for alternatives in self.all_of(name)
        ]

    def names(self, type_: str, *parameters: str) -> list[list[str]]:
        """The names that references lead to: `x`, `Type/x` or an address that ends so; others lead nowhere."""
        return [[_referred(text, type_) for text in alternatives] for alternatives in self.all_of(*parameters)]

    def must_have(self, *names: str) -> None:
        """Raises `ParameterNeeded` where none of these is given."""
        if not self.all_of(*names):
            raise ParameterNeeded(type=self.type, needs=list(names))


def sought(type_: str, parameters: Sequence[tuple[str, str]], *, lenient: bool) -> Sought:
    """What was asked for; `lenient` leaves off what is not known. Raises `UnknownParameter`, `InvalidParameter`."""
    known = (*PARAMETERS[type_], COUNT, AFTER)
    asked = []
    for name, value in parameters:
        if name in known:
            asked.append((name, value))
        elif not lenient:
            raise UnknownParameter(type=type_, parameter=name[:64], known=list(known[:-1]))
    return Sought(type_, asked, _count(asked), _after(asked))


def _alternatives(value: str) -> list[str]:
    """What stands between commas; a backslash takes its meaning from a sign (FHIR R4, Escaping Search Parameters)."""
    found = [""]
    for piece in _PIECE.findall(value):
        if piece == ",":
            found.append("")
        else:
            found[-1] += piece[-1]
    return found


def _count(asked: Iterable[tuple[str, str]]) -> int:
    count = _last(asked, COUNT)
    if count is None:
        return USUALLY_ON_A_PAGE
    if not re.fullmatch("[0-9]{1,9}", count):
        raise InvalidParameter(parameter=COUNT, value=count[:64], problem="a number is needed")
    return min(int(count), MOST_ON_A_PAGE)


def _after(asked: Iterable[tuple[str, str]]) -> str | None:
    after = _last(asked, AFTER)
    if after is not None and not _PLACE.fullmatch(after):
        raise InvalidParameter(parameter=AFTER, value=after[:64], problem="it is taken from a page's next link")
    return after


def _last(asked: Iterable[tuple[str, str]], name: str) -> str | None:
    return next((value for each, value in reversed(list(asked)) if each == name), None)


def _code(parameter: str, text: str, system: str, known: Sequence[str]) -> str:
    of, bar, code = text.rpartition("|")
    if code not in known or (bar and of not in ("", system)):
        raise InvalidParameter(parameter=parameter, value=text[:64], problem=f"one of {', '.join(known)} is needed")
    return code


def _referred(text: str, type_: str) -> str:
    path, slash, name = text.rpartition("/")
    return name if not slash or path.rpartition("/")[2] == type_ else ""
