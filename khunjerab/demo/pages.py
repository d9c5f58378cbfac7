"""A person at a browser: opens real pages over HTTP, fills in the forms that they find there, and sends them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import requests

TIMEOUT = 30.0
Fields = list[tuple[str, str]]


class PageRefused(RuntimeError):
    """A page answered with anything but success. `page` is what it showed."""

    def __init__(self, what: str, page: "Page") -> None:
        super().__init__(f"{what}: HTTP {page.status}: {page.text[:800]}")
        self.page = page


@dataclass
class Form:
    """A form of a page. `fields` are those that come filled in: hidden ones, chosen options, typed values."""

    action: str
    fields: Fields = field(default_factory=list)

    def is_for(self, action_ends: str) -> bool:
        return self.action.partition("?")[0].endswith(action_ends)

    def filled(self, typed: dict[str, str | list[str]]) -> Fields:
        """What is sent when somebody types this: the rest stays as it was."""
        kept = [(name, value) for name, value in self.fields if name not in typed]
        return kept + [(name, value) for name, values in typed.items() for value in _listed(values)]


@dataclass
class Page:
    """One answer: its status, address, visible text and forms. `alert`: why what was sent is refused."""

    status: int
    address: str
    text: str
    forms: list[Form]
    alert: str = ""

    def offers(self, action_ends: str) -> bool:
        """Whether the page has a form whose address ends so."""
        return any(form.is_for(action_ends) for form in self.forms)

    def form(self, action_ends: str) -> Form:
        """The form whose address ends so. Raises `PageRefused` where the page offers none."""
        for form in self.forms:
            if form.is_for(action_ends):
                return form
        raise PageRefused(f"no form for {action_ends} on {self.address}", self)


class Browser:
    """One person's browser: cookies are kept from page to page."""

    def __init__(self, web_url: str) -> None:
        self._web_url = web_url
        self._session = requests.Session()
        self._session.headers["Accept-Language"] = "en"

    def open(self, path: str) -> Page:
        """Raises `PageRefused` unless the page is there."""
        page = _page(self._session.get(urljoin(self._web_url, path), timeout=TIMEOUT))
        return _good(f"opening {path}", page)

    def fetch(self, path: str) -> bytes:
        """A file behind an address. Raises `PageRefused` unless it is there."""
        answer = self._session.get(urljoin(self._web_url, path), timeout=TIMEOUT)
        if answer.status_code != requests.codes.ok:
            raise PageRefused(f"fetching {path}", _page(answer))
        return answer.content

    def send(self, page: Page, action_ends: str, typed: dict[str, str | list[str]]) -> Page:
        """Fills in a form of the page and sends it; answers the page that follows. Raises `PageRefused`."""
        form = page.form(action_ends)
        address = urljoin(page.address, form.action)
        headers = {"Referer": page.address}
        answer = self._session.post(address, data=form.filled(typed), headers=headers, timeout=TIMEOUT)
        return _good(f"sending {action_ends}", _page(answer))


def _good(what: str, page: Page) -> Page:
    if page.status != requests.codes.ok:
        raise PageRefused(what, page)
    return page


def _page(answer: requests.Response) -> Page:
    reader = _Reader()
    reader.feed(answer.text)
    return Page(answer.status_code, answer.url, _one_line(reader.words), reader.forms, _one_line(reader.alert))


def _one_line(words: list[str]) -> str:
    return " ".join(" ".join(words).split())


def _listed(values: str | list[str]) -> list[str]:
    return [values] if isinstance(values, str) else values


class _Reader(HTMLParser):
    """Reads the forms, the visible words and the alert of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.words: list[str] = []
        self.alert: list[str] = []
        self._open_in_alert = 0
        self._form: Form | None = None
        self._select: str | None = None
        self._textarea: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if self._open_in_alert or found.get("role") == "alert":
            self._open_in_alert += 1
        if tag == "form" and found.get("method", "get").lower() == "post":
            self._form = Form(found.get("action", ""))
            self.forms.append(self._form)
        elif tag == "select":
            self._select = found.get("name")
        elif tag == "textarea" and self._form:
            self._textarea = found.get("name")
            self._form.fields.append((found.get("name", ""), ""))
        elif self._form:
            self._form.fields.extend(self._prefilled(tag, found, {name for name, _ in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self._open_in_alert = max(0, self._open_in_alert - 1)
        if tag == "form":
            self._form = None
        elif tag in ("select", "textarea"):
            self._select = self._textarea = None

    def handle_data(self, data: str) -> None:
        if self._form and self._textarea:
            name, before = self._form.fields[-1]
            self._form.fields[-1] = (name, before + data)
        self.words.append(data)
        if self._open_in_alert:
            self.alert.append(data)

    def _prefilled(self, tag: str, found: dict[str, str], given: set[str]) -> Iterator[tuple[str, str]]:
        if tag == "option" and self._select and "selected" in given:
            yield self._select, found.get("value", "")
        if tag != "input" or "name" not in found:
            return
        kind = found.get("type", "text")
        if kind not in ("submit", "button", "checkbox", "radio") or "checked" in given:
            yield found["name"], found.get("value", "")
