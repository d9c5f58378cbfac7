"""Jinja environments: one for each language and form, so that one template says the same in text and in HTML."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from babel.lists import format_list
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from services.notify.adapters import dates, meetings, words
from services.notify.adapters.forms import Form, Html, Text
from services.notify.adapters.languages import Language
from services.notify.adapters.plain_text import short
from services.notify.domain.telling_tracks import steps_told

TEMPLATES = Path(__file__).parents[1] / "templates"
TEXT, HTML = "txt", "html"

Filters = dict[str, Callable[..., Any]]


def environment(language: Language, form: str) -> Environment:
    """The environment of one language in one form, `txt` or `html`."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=form == HTML,  # noqa: S701 (text is text; what is HTML is escaped)
        undefined=StrictUndefined,
        # Templates change with the program alone: else every file is looked at again for each mail.
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    how = Html() if form == HTML else Text(isolating=language.direction == "rtl")
    made.globals |= {"_": partial(_said, language, how), "language": language}
    made.filters |= _filters(language, how) | _filters_of_times(language)
    made.tests |= {"latin": str.isascii, "one_time_in": dates.same_time, "web_address": _is_web_address}
    return made


def _filters(language: Language, how: Form) -> Filters:
    return {
        "value": how.value,
        "paragraphs": how.paragraphs,
        "short": short,
        "named": lambda names: names.get(language.code) or names["en"],
        "person": pass_context(partial(_name, language)),
        "people": pass_context(partial(_names, language, how)),
        "word": lambda code, group: language.say(words.english(code, group)),
        "planned": meetings.planned,
        "to_come": meetings.to_come,
        "called_off": meetings.called_off,
        "answer_of": meetings.answer_of,
        "steps_for": steps_told,
        "step_name": lambda step: step.partition(":")[0],
    }


def _filters_of_times(language: Language) -> Filters:
    return {
        "day": lambda text: dates.day(text, language.locale),
        "days": lambda first, last: dates.days(first, last, language.locale),
        "moment": lambda instant, zone: dates.moment(instant, zone, language.locale),
        "own_time": pass_context(partial(_own_time, language)),
        "meeting": meetings.meeting,
        "span": partial(_span, language),
    }


def _is_web_address(text: str) -> bool:
    return text.startswith(("https://", "http://"))


def _said(language: Language, form: Form, english: str, **values: str) -> str:
    """A sentence in the language, with its values in their places."""
    return form.filled(language.say(english), values)


def _name(language: Language, context: Context, person_id: str | None) -> str:
    people: Mapping[str, Any] = context["people"]
    known = people.get(person_id) if person_id else None
    return known.name_for(language.code) if known else language.say(words.english("unknown", "person"))


def _span(language: Language, session: Mapping[str, Any], zone: str) -> str:
    """From when to when a session is, by the clocks of a zone."""
    begins = dates.moment(session["begins"], zone, language.locale)
    until = dates.until(session["ends"], session["begins"], zone, language.locale)
    return language.say(words.english("span", "time")) % {"begins": begins, "until": until}


def _own_time(language: Language, context: Context, facts: Mapping[str, Any]) -> str:
    """When the session that the facts are about begins, by the reader's own clock."""
    return dates.moment(meetings.meeting(facts)["begins"], context["reader"].zone, language.locale)


def _names(language: Language, form: Form, context: Context, person_ids: list[str]) -> str:
    names = {f"person{number}": _name(language, context, each) for number, each in enumerate(person_ids)}
    return form.filled(format_list([f"%({place})s" for place in names], locale=language.locale), names)
