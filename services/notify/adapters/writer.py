"""Notifications in words: the template of their purpose, in their reader's language."""

from collections.abc import Mapping
from typing import Any

import css_inline

from services.notify.adapters.environments import HTML, TEXT, environment
from services.notify.adapters.languages import languages
from services.notify.adapters.pages import further_page, page_of
from services.notify.adapters.plain_text import one_line
from services.notify.application.ports import Letter, Message, Offer
from services.notify.domain.asking import known_by
from services.notify.domain.notification import Notification
from services.notify.domain.person import Person

Told = dict[str, Any]
"""What a template is given."""


class TemplateWriter:
    """`Writer` with Jinja2. `web_url`: where links begin; only letters have them."""

    def __init__(self, web_url: str = "") -> None:
        self._web_url = web_url.rstrip("/")
        self._environments = {
            (code, form): environment(language, form) for code, language in languages().items() for form in (TEXT, HTML)
        }
        # Nothing is fetched for a mail: what it looks like stands in the template.
        self._inliner = css_inline.CSSInliner(load_remote_stylesheets=False)

    def letter(self, message: Message) -> Letter:
        told = self.told(message)
        subject = self._line("layouts/subject.j2", told)
        pace_link = f"{self._web_url}/pace/{message.pace_token}" if message.pace_token else ""
        told |= {"subject": subject, "link": self._link(message.notification), "pace_link": pace_link}
        told |= {"answers": self._answers(message.offer), "known_by": _known_by(message.notification)}
        return Letter(
            subject=subject,
            text=self._rendered(TEXT, "layouts/mail.txt.j2", told),
            html=self._inliner.inline(self._rendered(HTML, "layouts/mail.html.j2", told)),
            language=message.reader.language,
            pace_link=pace_link,
        )

    def told(self, message: Message) -> Told:
        """What the template of a message is given."""
        items = [self._item(each, message) for each in message.items]
        return _told(message.notification, message.reader, message.people) | {"items": items}

    def line(self, notification: Notification, reader: Person, people: Mapping[str, Person]) -> tuple[str, str]:
        told = _told(notification, reader, people)
        return self._line("layouts/subject.j2", told), self._line("layouts/summary.j2", told)

    def leads_to(self, notification: Notification) -> str | None:
        return further_page(notification)

    def _item(self, item: Notification, message: Message) -> Told:
        subject, text = self.line(item, message.reader, message.people)
        return {"subject": subject, "text": text, "link": self._link(item)}

    def _line(self, layout: str, told: Told) -> str:
        return one_line(self._rendered(TEXT, layout, told))

    def _rendered(self, form: str, layout: str, told: Told) -> str:
        templates = self._environments[told["reader"].language, form]
        return templates.get_template(f"{told['notification'].purpose}.j2").render(told, layout=layout)

    def _link(self, notification: Notification) -> str:
        return f"{self._web_url}{page_of(notification)}"

    def _answers(self, offer: Offer | None) -> dict[str, str]:
        """Where each answer is given, by its code: one page, on which it is confirmed."""
        if offer is None:
            return {}
        return {answer: f"{self._web_url}/r/{offer.token}?answer={answer}" for answer in offer.answers}


def _known_by(notification: Notification) -> str | None:
    until = known_by(notification)
    return until.isoformat() if until else None


def _told(notification: Notification, reader: Person, people: Mapping[str, Person]) -> Told:
    return {"notification": notification, "facts": notification.cause.facts, "reader": reader, "people": people}
