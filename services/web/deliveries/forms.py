"""Forms about what became of messages: what is looked for, and sending one once more."""

from typing import Any, ClassVar, Self

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField

from services.web.asking import now
from services.web.clients import Refused
from services.web.command_ids import new_form_id
from services.web.forms import CommandForm, PlainForm, at_most, choices, needed
from services.web.message_words import MESSAGE_WORDS
from services.web.refusals import Refusal, readable

ANY = [("", _l("Any"))]
STATES = ("queued", "sent", "delivery_attempted", "undelivered", "not_sent", "bounced")
CHANNELS = list(MESSAGE_WORDS["channel"].items())
FROM_THE_LIST = {"list": "people", "autocomplete": "off"}


class SearchForm(PlainForm):
    """What stands in a page's address: nothing is changed by it."""

    class Meta(PlainForm.Meta):
        csrf = False

    @classmethod
    def asked(cls) -> Self:
        """As the address has it."""
        return cls(formdata=request.args)

    def given(self) -> dict[str, str]:
        """What was chosen or typed, by field."""
        texts = {field.name: str(field.data or "").strip() for field in self}
        return {name: text for name, text in texts.items() if text}

    def complaint(self, refused: Refused) -> Refusal:
        """What the page says of a question that cannot be understood; any other refusal has a page of its own."""
        if refused.name != "InvalidCommand":
            raise refused
        refusal = readable(refused.name, refused.facts)
        self.mark(dict(refusal.problems))
        return refusal


class LogForm(SearchForm):
    state = SelectField(
        _l("State"), choices=choices([*ANY, *((each, MESSAGE_WORDS["delivery"][each]) for each in STATES)])
    )
    channel = SelectField(_l("Channel"), choices=choices([*ANY, *CHANNELS]))
    recipient = StringField(_l("Person"), render_kw=FROM_THE_LIST)
    about = StringField(_l("About"))

    def mark(self, problems: dict[str, str]) -> None:
        """A channel alone is nearly everything: the service complains of no field then."""
        super().mark({path: problem for path, problem in problems.items() if path})
        if "" in problems:
            self.channel.errors = [str(_l("Choose something beside the channel: a state, a person or a thing."))]


class WhyForm(SearchForm):
    person = StringField(_l("Person"), validators=[needed], render_kw=FROM_THE_LIST)
    about = StringField(_l("About"), validators=[needed])


class ResendForm(CommandForm):
    REFUSED_AT: ClassVar[dict[str, str]] = {"StillWaiting": "channel", "AddressSuppressed": "channel"}

    channel = SelectField(_l("By this channel"), choices=choices(CHANNELS))
    reason = TextAreaField(_l("Reason"), validators=[needed, at_most(2000)])

    @classmethod
    def fresh(cls) -> Self:
        return cls(formdata=None, data={"command_id": new_form_id(now())})

    def fields(self) -> dict[str, Any]:
        return {"channel": self.channel.data, "reason": str(self.reason.data).strip()}
