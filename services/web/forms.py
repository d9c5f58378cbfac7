"""What every form that gives a command has in common."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, IntegerField, SelectChoice
from wtforms.validators import InputRequired, Length, Regexp
from wtforms.widgets import HiddenInput

FORM_ID = r"^0[0-9a-f]{11}7[0-9a-f]{3}[89ab][0-9a-f]{15}$"
"""A version 7 UUID of this age of the world, so that the moment in it can be read."""

LIBRARY_MESSAGES = (
    _l("Not a valid choice."),
    _l("Invalid Choice: could not coerce."),
    _l("Not a valid date value."),
    _l("Not a valid time value."),
    _l("Not a valid integer value."),
    _l("'%(value)s' is not a valid choice for this field."),
    _l("'%(value)s' are not valid choices for this field."),
)
"""Said by WTForms itself; named here so that the catalogues hold them."""

needed = InputRequired(_l("Please fill this in."))


def asked_for(missing: Iterable[Field]) -> bool:
    """Asks for each of these fields beside it. Whether there are any."""
    fields = list(missing)
    for field in fields:
        field.errors = [*field.errors, str(needed.message)]
    return bool(fields)


def at_most(characters: int) -> Length:
    """Bounds a text; the service bounds it again."""
    return Length(max=characters, message=_l("This is too long: at most %(max)d characters."))


def choices(words: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """What may be chosen, from pairs of value and label."""
    return [SelectChoice(value, label) for value, label in words]


class _Messages:
    """WTForms' own messages from web's catalogues, as WTForms' have no Urdu."""

    def gettext(self, string: str) -> str:
        return str(gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return str(gettext(singular if n == 1 else plural))


class PlainForm(FlaskForm):
    """A form with a CSRF token and messages in the page's language."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> _Messages:  # noqa: ARG002 (WTForms hands the form in)
            return _Messages()

    def mark(self, problems: dict[str, str]) -> None:
        """Writes the service's complaints beside the fields that they are about."""
        for path, problem in problems.items():
            name = self.place_of(path)
            if name in self:
                self[name].errors = [*self[name].errors, problem]

    def place_of(self, path: str) -> str:
        """The form's field for a field of the command: `visitors` for `visitors.0`."""
        return path.partition(".")[0]


class CommandForm(PlainForm):
    """A form that gives a command. `command_id` is made when the form is rendered; see `command_ids`.

    `key` names the form among those of its page, as `may` of a view names the command.
    """

    REFUSED_AT: ClassVar[Mapping[str, str]] = {}
    """The field that a refusal is about, by the refusal's name."""

    command_id = HiddenField(validators=[Regexp(FORM_ID, message=_l("Please open this page anew."))])

    def __init__(self, *args: Any, key: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = key

    def fields(self) -> dict[str, Any]:
        """The command's own fields as the services take them: days as ISO text, texts without spaces around them."""
        return {field.name: _plain(field.data) for field in self if field.name not in ("command_id", "csrf_token")}

    def typed(self) -> list[tuple[str, str]]:
        """Label and text of what a person typed or chose, for showing it when the form itself is not."""
        return [(str(field.label.text), text) for field in self.shown() if (text := text_of(field))]

    def shown(self) -> list[Field]:
        """The fields that a person sees."""
        return [field for field in self if not isinstance(field.widget, HiddenInput)]

    def hidden(self) -> Iterable[tuple[str, str]]:
        """Every field as it was sent, for a form that sends exactly the same again."""
        return [(field.name, value) for field in self if field.name != "csrf_token" for value in field.raw_data or ()]

    def mark_refused(self, name: str, facts: Mapping[str, Any], message: str) -> None:
        """Writes a refusal beside the field that it is about, if it is about one."""
        at = self.refused_at(name, facts)
        if at in self:
            self[at].errors = [*self[at].errors, message]

    def refused_at(self, name: str, facts: Mapping[str, Any]) -> str:
        """The form's field for a refusal; nothing where it is about no single one.

        `field`: the text that it is in; `path`: the same in the command, where that has several such texts.
        """
        at = self.place_of(str(facts["path"])) if "path" in facts else str(facts.get("field", ""))
        return self.REFUSED_AT.get(name) or at


class ChangeForm(CommandForm):
    """A form that changes a document: it names the version that was shown."""

    expected_version = IntegerField(widget=HiddenInput(), validators=[InputRequired(_l("Please open this page anew."))])

    def saw(self, version: int) -> None:
        """The page shows this version now: what is sent next is meant for it."""
        self.expected_version.data, self.expected_version.raw_data = version, [str(version)]


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else value


def text_of(field: Field) -> str:
    """What stands in the field, as a person reads it."""
    if isinstance(field.data, bool):
        return str(gettext("Yes")) if field.data else ""
    chosen = field.data if isinstance(field.data, list) else [field.data]
    labels = {each.value: each.label for each in getattr(field, "choices", None) or []}
    return str(gettext(", ")).join(str(labels.get(value, value)) for value in chosen if value not in (None, ""))
