"""The catalogues: nothing missing, nothing left over, nothing broken."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask_babel import force_locale

import services.web
from services.web.languages import CATALOGUES
from tests.unit.web.browser import Browser
from tests.web_app import Web

WEB = Path(services.web.__file__).parent
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "_l": None, "gettext": None, "ngettext": (1, 2)}
every_language = pytest.mark.parametrize("language", ["zh", "ur"])

Identity = str | tuple[str, ...]


def identity(message: Any) -> Identity:
    return message if isinstance(message, str) else tuple(message)


def said() -> set[Identity]:
    """Every message that the code and the templates of web say."""
    found = extract_from_dir(str(WEB), METHODS, keywords=KEYWORDS)
    return {identity(message) for _file, _line, message, _comments, _context in found}


def translated(language: str) -> Iterator[Message]:
    written = (CATALOGUES / language / "LC_MESSAGES" / "messages.po").read_bytes()
    catalogue: Catalog = read_po(io.BytesIO(written), locale=language)
    return (message for message in catalogue if message.id)


def texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


@every_language
def test_no_message_is_missing_and_none_is_left_over(language: str) -> None:
    known = {identity(message.id) for message in translated(language)}
    assert {"missing": said() - known, "left over": known - said()} == {"missing": set(), "left over": set()}


@every_language
def test_every_message_has_its_text(language: str) -> None:
    assert [message.id for message in translated(language) if not all(texts(message)) or message.fuzzy] == []


@every_language
def test_facts_in_a_message_are_facts_of_the_original(language: str) -> None:
    def facts(text: str) -> set[str]:
        return set(re.findall(r"%\(\w+\)[sd]", text))

    wrong = [
        message.id
        for message in translated(language)
        for text in texts(message)
        if facts(text) != facts(message.id if isinstance(message.id, str) else message.id[0])
    ]
    assert wrong == []


@every_language
def test_every_message_is_in_its_own_script(language: str) -> None:
    script = {"zh": r"[\u4e00-\u9fff，]", "ur": r"[\u0600-\u06ff]"}[language]
    latin = {"%(did)s for: %(party)s"}
    strangers = [
        text
        for message in translated(language)
        for text in texts(message)
        if not re.search(script, text) and message.id not in latin
    ]
    assert strangers == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Visits", "Proposed", "7–18 Dec 2026"]),
        ("zh", ["访问", "已提议", "2026年12月7日至18日", "喀什地区第一人民医院"]),
        ("ur", ["دورے", "تجویز شدہ", "7–18 دسمبر 2026", "صوبائی ہسپتال، گلگت"]),
    ],
)
def test_a_page_speaks_its_language_in_words_names_and_dates(browser: Browser, language: str, words: list[str]) -> None:
    browser.send(browser.form("/visits", "/language"), language=language)
    page = browser.open("/visits").text
    assert [word for word in words if word not in page] == []


def test_a_choice_of_language_comes_back_to_the_same_page(browser: Browser) -> None:
    answer = browser.send(browser.form("/visits?state=booked", "/language"), language="zh")
    assert answer.location == "/visits?state=booked"


def test_a_language_that_is_none_changes_nothing(browser: Browser) -> None:
    browser.send(browser.form("/visits", "/language"), language="tlh")
    assert 'lang="en"' in browser.open("/visits").text


def test_a_word_that_stands_in_a_template_is_said_in_each_page_s_language(web: Web) -> None:
    written = web.app.jinja_env.from_string('{{ "acknowledged" | word("answer") }}')
    said = {}
    for language in ("en", "zh", "ur"):
        with web.app.test_request_context(), force_locale(language):
            said[language] = written.render()
    assert said == {"en": "I know of this", "zh": "我已知悉", "ur": "مجھے اس کا علم ہے"}
