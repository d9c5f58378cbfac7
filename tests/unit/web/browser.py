"""A browser as far as these tests need one: opens pages, finds their forms, fills them in and sends them."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.web_app import EMAIL, PASSWORD, Web

Attributes = list[tuple[str, str | None]]


@dataclass(frozen=True)
class Upload:
    """A file that is chosen in a form."""

    name: str
    content: bytes


class Form:
    """A form of a page: where it is sent and what it holds, with what its reader typed; `encoding` may be for files.

    `posts`: it may change something; one that does not is a question, which stands in the address of its answer.
    """

    def __init__(self, action: str, encoding: str = "", *, posts: bool = True) -> None:
        self.action, self.encoding, self.posts = action, encoding, posts
        self.fields: MultiDict[str, str] = MultiDict()


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._open: Form | None = None
        self._typing_in = ""
        self._select = ""
        self._is_untouched = False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self._open = Form(
                given.get("action") or "", given.get("enctype") or "", posts=given.get("method") == "post"
            )
            self.found.append(self._open)
        elif tag == "select":
            self._select = name
            self._is_untouched = "multiple" not in given
        elif tag == "option" and self._open and (self._is_untouched or "selected" in given):
            # A browser sends the first option of a list in which none is chosen.
            self._open.fields[self._select] = given.get("value") or ""
            self._is_untouched = False
        elif tag == "textarea" and self._open:
            self._typing_in = name
            self._open.fields.add(name, "")
        elif tag == "input" and self._open and (given.get("type") != "checkbox" or "checked" in given):
            self._open.fields.add(name, given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._typing_in = ""

    def handle_data(self, data: str) -> None:
        if self._typing_in and self._open:
            self._open.fields[self._typing_in] += data.removeprefix("\r\n").removeprefix("\n")


class Browser:
    """One browser with its cookies; redirects are answered, not followed."""

    def __init__(self, web: Web) -> None:
        self._client = web.app.test_client()

    def open(self, path: str, **headers: str) -> TestResponse:
        return self._client.get(path, headers=headers)

    def post(self, path: str, fields: Any = None, **headers: str) -> TestResponse:
        return self._client.post(path, data=fields, headers=headers)

    @property
    def session(self) -> dict[str, Any]:
        """What the application keeps in its cookie."""
        with self._client.session_transaction() as kept:
            return dict(kept)

    def form(self, path: str, action: str = "") -> Form:
        """The form of that page which is sent to `action` (or to the page itself)."""
        return form_in(self.open(path), action or path)

    def send(self, form: Form, **typed: str | list[str] | Upload) -> TestResponse:
        """Sends the form with what is typed, or chosen, in place of what stood there."""
        fields: MultiDict[str, Any] = MultiDict(form.fields)
        for name, values in typed.items():
            if isinstance(values, Upload):
                # Of a form that is not meant for files a browser sends a file's name alone.
                is_sent = form.encoding == "multipart/form-data"
                fields[name] = (io.BytesIO(values.content), values.name) if is_sent else values.name
            else:
                fields.setlist(name, values if isinstance(values, list) else [values])
        return self.post(form.action, fields)

    def sign_in(self, email: str = EMAIL, password: str = PASSWORD, at: str = "/sign-in") -> TestResponse:
        return self.send(self.form(at, "/sign-in"), email=email, password=password)


def form_in(answer: TestResponse, action: str) -> Form:
    """The form of an answer which is sent to `action`."""
    forms = list(forms_in(answer))
    found = next((form for form in forms if form.action == action), None)
    assert found, f"no form for {action} among {[form.action for form in forms]}, HTTP {answer.status_code}"
    return found


def forms_in(answer: TestResponse) -> Iterator[Form]:
    yield from forms_of(answer.text)


def forms_of(page: str) -> list[Form]:
    reader = _Forms()
    reader.feed(page)
    return reader.found
