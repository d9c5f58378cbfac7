"""The forms of announcements: what is said to whom, and why one is withdrawn."""

from collections.abc import Iterator
from typing import Any, ClassVar, Self

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional

from chassis.kernel.actor import Actor
from services.web.announcements.audience import Directory
from services.web.asking import now
from services.web.command_ids import new_form_id
from services.web.forms import CommandForm, at_most, needed
from services.web.languages import NAMES

TITLE, TEXT = at_most(200), at_most(4000)


def _by_lines(text: str | None) -> str:
    """A browser ends lines with two characters, of which the service would count both."""
    return (text or "").replace("\r\n", "\n")


class AnnounceForm(CommandForm):
    """`title_…` and `text_…` in each language; `worked_in` are the command's `fields`."""

    REFUSED_AT: ClassVar[dict[str, str]] = {"NobodyReached": "sites", "AudienceTooLarge": "sites"}

    title_en = StringField(_l("Title in English"), validators=[needed, TITLE], render_kw={"lang": "en"})
    text_en = TextAreaField(
        _l("Text in English"), validators=[needed, TEXT], filters=[_by_lines], render_kw={"lang": "en"}
    )
    title_zh = StringField(_l("Title in Chinese"), validators=[Optional(), TITLE], render_kw={"lang": "zh"})
    text_zh = TextAreaField(
        _l("Text in Chinese"), validators=[Optional(), TEXT], filters=[_by_lines], render_kw={"lang": "zh"}
    )
    title_ur = StringField(_l("Title in Urdu"), validators=[Optional(), TITLE], render_kw={"lang": "ur"})
    text_ur = TextAreaField(
        _l("Text in Urdu"), validators=[Optional(), TEXT], filters=[_by_lines], render_kw={"lang": "ur"}
    )
    everybody = BooleanField(_l("Everybody"))
    sites = SelectMultipleField(_l("People of these hospitals"))
    worked_in = SelectMultipleField(_l("People who work in these fields"))
    urgent = BooleanField(_l("Urgent: it comes at any hour"))
    link = StringField(_l("Page that it leads to"), validators=[Optional(), at_most(300)])

    @classmethod
    def fresh(cls, there: Directory, actor: Actor) -> Self:
        return cls(formdata=None, data={"command_id": new_form_id(now())}).offer(there, actor)

    def offer(self, there: Directory, actor: Actor) -> Self:
        """Fills in what may be chosen."""
        self.sites.choices = there.sites_for(actor, self.sites.data or ())
        self.worked_in.choices = there.fields(self.worked_in.data or ())
        return self

    def said(self) -> Iterator[tuple[str, Field, Field]]:
        """Each language with the fields of what is said in it."""
        return ((code, self[f"title_{code}"], self[f"text_{code}"]) for code in NAMES)

    def validate(self, extra_validators: Any = None) -> bool:
        whole = bool(super().validate(extra_validators))
        if self.everybody.data == bool(self.sites.data or self.worked_in.data):
            self.sites.errors = [*self.sites.errors, _("Say either everybody, or hospitals, fields or both.")]
            return False
        return whole

    def fields(self) -> dict[str, Any]:
        given = {each: self._in_each_language(each) for each in ("title", "text")}
        audience = {"everybody": self.everybody.data, "sites": self.sites.data, "fields": self.worked_in.data}
        link = (self.link.data or "").strip().removeprefix(current_app.config["WEB_URL"])
        return given | audience | {"urgent": self.urgent.data, "link": link or None}

    def _in_each_language(self, what: str) -> dict[str, str]:
        """The languages in which it is written, with the words."""
        written = {code: (self[f"{what}_{code}"].data or "").strip() for code in NAMES}
        return {code: words for code, words in written.items() if words}

    def place_of(self, path: str) -> str:
        """`title_zh` for `title.zh`. What is about the whole is about whom it is for."""
        whole, _dot, within = path.partition(".")
        if whole in ("title", "text"):
            return f"{whole}_{within or 'en'}"
        return {"": "sites", "fields": "worked_in"}.get(whole, whole)


class WithdrawForm(CommandForm):
    reason = TextAreaField(_l("Why is it withdrawn?"), validators=[Optional(), at_most(2000)])

    @classmethod
    def fresh(cls) -> Self:
        return cls(formdata=None, data={"command_id": new_form_id(now())})
