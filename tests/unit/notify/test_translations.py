"""Every sentence of every template stands in every catalogue, with the same places for values."""

import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from services.notify.adapters.environments import TEMPLATES
from services.notify.adapters.languages import catalogue, languages
from services.notify.adapters.words import WORDS
from services.notify.domain.digest import DIGEST
from tests.unit.notify.samples import EVERY_PURPOSE

PLACE = re.compile(r"%\(\w+\)s")
TRANSLATED = [code for code in languages() if code != "en"]


def said_in_english() -> set[str]:
    """Every string that a template or the table of words hands to a catalogue."""
    found = extract_from_dir(str(TEMPLATES), method_map=[("**.j2", "jinja2.ext:babel_extract")])
    return {str(message) for _, _, message, *_ in found} | {word for group in WORDS.values() for word in group.values()}


def read(code: str) -> Catalog:
    with catalogue(code) as written:
        return read_po(written, locale=code)


def test_the_three_languages_are_english_chinese_and_urdu() -> None:
    assert set(languages()) == {"en", "zh", "ur"}
    assert languages()["ur"].direction == "rtl"


@pytest.mark.parametrize("code", TRANSLATED)
def test_nothing_is_left_untranslated_or_fuzzy(code: str) -> None:
    translated = {message.id for message in read(code) if message.string and not message.fuzzy}
    assert said_in_english() - translated == set()


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_catalogue_holds_what_nobody_says_any_more(code: str) -> None:
    assert {message.id for message in read(code) if message.id} - said_in_english() == set()


@pytest.mark.parametrize("code", TRANSLATED)
def test_each_translation_has_the_same_places_for_values(code: str) -> None:
    differing = {
        message.id: message.string
        for message in read(code)
        if sorted(PLACE.findall(str(message.id))) != sorted(PLACE.findall(str(message.string)))
    }
    assert differing == {}


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_is_in_the_language_itself(code: str) -> None:
    script = {"zh": r"[\u4e00-\u9fff]", "ur": r"[\u0600-\u06ff]"}[code]
    sentences = [message for message in read(code) if PLACE.sub("", str(message.id or "")).strip(" ,:()“”")]
    assert [message.id for message in sentences if not re.search(script, str(message.string))] == []


def test_every_purpose_has_a_template_and_every_template_a_purpose() -> None:
    assert {template.stem for template in TEMPLATES.glob("*.j2")} == {*EVERY_PURPOSE, DIGEST}


def test_urdu_leaves_the_word_for_department_to_its_name() -> None:
    assert [message.id for message in read("ur") if "شعبہ %(department)s" in str(message.string)] == []
