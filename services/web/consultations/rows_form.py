"""The part of a form in which it is said, row by row, who takes part."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField

from services.web.forms import CommandForm, asked_for, choices, text_of
from services.web.languages import direction
from services.web.words import WORDS

LEAST = 2
"""Participants of any consultation."""
USUAL_PARTS = 5
"""Of a row: all but further deputies."""
READ = {"ltr": "\u200e", "rtl": "\u200f"}
"""The sign (Unicode, UAX 9) by which a line runs as its page does, whatever script it begins in."""
APART = "\u2068%s\u2069"
"""A name in one script among words of another."""
COMES = (("required", _l("Has to come")), ("optional", _l("If possible")))
ABOUT_LANGUAGES = ("LanguagesNotSpoken", "PairNeeded")
ABOUT_SOMEBODY = ("NotOfTheSite", "ParticipantNamedTwice", "ParticipantBusy")


class RowsForm(CommandForm):
    """Who takes part stands in rows from 1 on: `person-1`, `role-1` …; a person is chosen for a site: `per_…@sit_…`.

    `rows`: how many there are; `deputies`: how many each has room for.
    """

    rows: ClassVar[int] = 0
    deputies: ClassVar[int] = 1

    def row(self, number: int) -> tuple[Any, ...]:
        """Person, role, whether they have to come, languages and then the deputies of a row."""
        parts = [self[f"{name}-{number}"] for name in ("person", "role", "comes", "languages")]
        return (*parts, *self.deputies_of(number))

    def shown_row(self, number: int) -> list[Any]:
        """The row without what is only room for more deputies."""
        return [field for at, field in enumerate(self.row(number), 1) if at <= USUAL_PARTS or field.data]

    def deputies_of(self, number: int) -> list[Any]:
        return [self[name] for name in deputy_names(number, self.deputies)]

    def taken_rows(self) -> list[int]:
        """The rows in which somebody is named."""
        return [number for number in range(1, self.rows + 1) if self[f"person-{number}"].data]

    def open_rows(self) -> list[int]:
        """The rows in which only a pair of languages is named: any interpreter will do."""
        return [
            number
            for number in range(1, self.rows + 1)
            if self[f"languages-{number}"].data and not self[f"person-{number}"].data
        ]

    def participants(self) -> list[dict[str, Any]]:
        """As the commands take them."""
        return [self._participant(number) for number in self.taken_rows()]

    def validate(self, extra_validators: Any = None) -> bool:
        """Beside each field by itself: who interprets is named, and somebody takes part."""
        is_filled = bool(super().validate(extra_validators))
        lacking = LEAST - len(self.taken_rows())
        empty = [number for number in range(1, self.rows + 1) if not self[f"person-{number}"].data]
        missing = {*self.open_rows(), *empty[: max(lacking, 0)]}
        return not asked_for(self[f"person-{number}"] for number in sorted(missing)) and is_filled

    def place_of(self, path: str) -> str:
        """`participants.0.person_id` is in the first row that is filled in."""
        whole, *within = path.split(".")
        if whole != "participants":
            return super().place_of(path)
        number, taken = int(within[0]) if within and within[0].isdigit() else 0, self.taken_rows()
        return f"person-{taken[number] if number < len(taken) else 1}"

    def refused_at(self, name: str, facts: Mapping[str, Any]) -> str:
        if name in (*ABOUT_LANGUAGES, *ABOUT_SOMEBODY):
            return self._where(str(facts.get("person")), "languages" if name in ABOUT_LANGUAGES else "person")
        return "role-1" if name == "ChairNeeded" else super().refused_at(name, facts)

    def typed(self) -> list[tuple[str, str]]:
        """A row with somebody in it is told as one line."""
        rows = {field.name for number in range(1, self.rows + 1) for field in self.row(number)}
        others = [
            (str(field.label.text), told)
            for field in self.shown()
            if field.name not in rows and (told := text_of(field))
        ]
        return [*map(self._told, sorted({*self.taken_rows(), *self.open_rows()})), *others]

    def _told(self, number: int) -> tuple[str, str]:
        parts = (APART % text for field in self.row(number) if (text := text_of(field)))
        return _("Participant %(number)d", number=number), READ[direction()] + _(", ").join(parts)

    def _participant(self, number: int) -> dict[str, Any]:
        person, role, comes, languages, *deputies = (field.data for field in self.row(number))
        who, site = halves(person)
        return {
            "person_id": who,
            "site_id": site,
            "role": role,
            "required": comes == "required",
            "languages": languages.split() if languages else [],
            "deputies": [deputy for deputy in deputies if deputy],
        }

    def _where(self, person: str, part: str) -> str:
        """The last row that names them; `part` of it where they are the participant."""
        for number in reversed(self.taken_rows()):
            if halves(self[f"person-{number}"].data)[0] == person:
                return f"{part}-{number}"
            for deputy in self.deputies_of(number):
                if deputy.data == person:
                    return str(deputy.name)
        return ""


def row_fields(rows: int, deputies: int = 1, usual_roles: tuple[str, ...] = ()) -> dict[str, Field]:
    """The fields of so many rows by name; behind the usual roles are specialists, until somebody says otherwise."""
    made: dict[str, Field] = {}
    for number in range(1, rows + 1):
        usual = usual_roles[number - 1] if number <= len(usual_roles) else "specialist"
        made |= {
            f"person-{number}": SelectField(_l("Who")),
            f"role-{number}": SelectField(_l("Role"), choices=choices(WORDS["consulting-role"].items()), default=usual),
            f"comes-{number}": SelectField(_l("Attendance"), choices=choices(COMES), default="required"),
            f"languages-{number}": SelectField(_l("Interprets")),
        }
        made |= {name: SelectField(_l("Deputy"), default="") for name in deputy_names(number, deputies)}
    return made


def deputy_names(number: int, deputies: int) -> list[str]:
    """`deputy-3`, and where there is room for more `deputy-3-2` …."""
    return [f"deputy-{number}", *(f"deputy-{number}-{which}" for which in range(2, deputies + 1))]


def halves(pair: str | None) -> tuple[str, str]:
    """`per_…@sit_…` taken apart."""
    first, _at, second = (pair or "").partition("@")
    return first, second
