"""Forms about where somebody is reached: one for each kind of way, and the code that came there."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Optional, Regexp

from services.web.asking import now
from services.web.command_ids import new_form_id
from services.web.forms import CommandForm, at_most, needed

TELEPHONE = {"inputmode": "tel", "autocomplete": "tel", "dir": "ltr"}
SIX_DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "6", "dir": "ltr"}


class ReachedForm(CommandForm):
    """`channel`: the way that it is about."""

    channel = ""

    @classmethod
    def fresh(cls, channel: str) -> "ReachedForm":
        return cls(formdata=None, data={"command_id": new_form_id(now())}).about(channel)

    def about(self, channel: str) -> "ReachedForm":
        self.channel = channel
        return self

    def fields(self) -> dict[str, Any]:
        return {"channel": self.channel}


class AddForm(ReachedForm):
    """Its fields are those of the address."""

    def fields(self) -> dict[str, Any]:
        given = {each.name: str(each.data or "").strip() for each in self.shown()}
        return {"address": {"channel": self.channel} | {name: value for name, value in given.items() if value}}

    def place_of(self, path: str) -> str:
        return path.rpartition(".")[2]


class KeyForm(AddForm):
    key = StringField(_l("Key of the bot"), validators=[needed, at_most(80)], render_kw={"dir": "ltr"})


class TokenForm(AddForm):
    token = StringField(_l("Token of the bot"), validators=[needed, at_most(80)], render_kw={"dir": "ltr"})


class SignedForm(TokenForm):
    secret = StringField(_l("Secret of the bot"), validators=[Optional(), at_most(90)], render_kw={"dir": "ltr"})


class TelephoneForm(AddForm):
    phone = StringField(_l("Telephone number"), validators=[needed, at_most(20)], render_kw=TELEPHONE)


FORMS: dict[str, type[AddForm]] = {
    "wecom": KeyForm,
    "dingtalk": SignedForm,
    "feishu": TokenForm,
    "whatsapp": TelephoneForm,
    "sms": TelephoneForm,
}


class ConfirmForm(ReachedForm):
    REFUSED_AT: ClassVar[dict[str, str]] = {"CodeWrong": "code", "CodeOver": "code"}

    code = StringField(
        _l("Code"),
        validators=[needed, Regexp(r"^\s*[0-9]{6}\s*$", message=_l("The code has six digits."))],
        render_kw=SIX_DIGITS,
    )

    def fields(self) -> dict[str, Any]:
        return {"channel": self.channel, "code": str(self.code.data).strip()}
