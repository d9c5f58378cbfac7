"""From what a letter states to its page, through Jinja2 and Babel. Imported only by who prints."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from unicodedata import east_asian_width

from babel.dates import format_date

from chassis.kernel.zones import zone_named
from services.exchange.adapters.letters.wording import BETWEEN, COSTS, KINDS, LABELS, PAYERS, PLACES, SEXES, TEXTS
from services.exchange.adapters.printing import LOCALES, name_in, pages_of
from services.exchange.domain.letter import Letter, Stated

_PAGES = pages_of("services.exchange.adapters.letters")

_SIZES = {"short": 110, "long": 300, "longer": 700}
"""How wide a text that is set so may be, in Latin letters; a sign of Chinese is as wide as two."""


@dataclass(frozen=True)
class Line:
    """A text in one language."""

    language: str
    text: str


@dataclass(frozen=True)
class Fact:
    """One row: its label in English and in the other language, what it says, and a text that may take many lines."""

    labels: tuple[str, str]
    lines: tuple[Line, ...]
    prose: str = ""

    @property
    def size(self) -> str:
        """How the text is set: what is longer is set smaller, so that the letter stays on its page."""
        width = _width(self.prose)
        return next((size for size, most in _SIZES.items() if width <= most), "longest")


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def page(letter: Letter, passport: str, check_url: str) -> str:
    """The letter as HTML. `passport`: the number in clear. `check_url`: where anybody may check the code."""
    stated, languages = letter.stated, letter.languages
    return _PAGES.get_template("letter.html").render(
        stated=stated,
        code=in_groups(letter.code),
        check_url=check_url,
        other=languages[1],
        reference=f"{letter.visit.removeprefix('vis_')[:12]}-{letter.number}".upper(),
        issued_on=_date(letter.asked_at.astimezone(zone_named(stated.host_zone)).date(), "en"),
        texts=[_text(stated, language) for language in languages],
        facts=list(_facts(stated, passport, languages)),
    )


def in_groups(code: str) -> str:
    """As people read it aloud: four signs at a time."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _text(stated: Stated, language: str) -> dict[str, str]:
    filled = {
        "host": name_in(stated.host, language),
        "sending": name_in(stated.sending, language),
        "department": name_in(stated.host_department, language),
        "costs": _costs(stated, language),
    }
    return {name: text.format(**filled) for name, text in TEXTS[language].items()} | {"language": language}


def _facts(stated: Stated, passport: str, languages: tuple[str, str]) -> Iterable[Fact]:
    def fact(name: str, lines: Iterable[Line], prose: str = "") -> Fact:
        labels = LABELS[name]
        return Fact((labels["en"], labels[languages[1]]), tuple(lines), prose)

    def in_both(words: Mapping[str, str]) -> list[Line]:
        return [Line(language, words[language]) for language in languages]

    yield fact("passport_name", [Line("en", stated.passport_name)])
    yield fact("sex", in_both(SEXES[stated.sex]))
    yield fact("birth_date", [Line(each, _date(stated.birth_date, each)) for each in languages])
    yield fact("passport", [Line("en", passport)])
    yield fact("purpose", in_both(KINDS[stated.kind]), stated.purpose)
    yield fact("dates", [Line(each, _dates(stated, each)) for each in languages])
    yield fact("place", [Line(each, _place(stated, each)) for each in languages])


def _costs(stated: Stated, language: str) -> str:
    """Who bears what, payer by payer."""
    by_payer: dict[str, list[str]] = {}
    for kind, words in COSTS.items():
        for payer in stated.pays.get(kind, "").split():
            by_payer.setdefault(payer, []).append(words[language])
    return BETWEEN["payers"][language].join(
        f"{_payer(stated, payer, language)}{BETWEEN['payer'][language]}{BETWEEN['items'][language].join(kinds)}"
        for payer, kinds in sorted(by_payer.items())
    )


def _payer(stated: Stated, payer: str, language: str) -> str:
    sites = {"host-site": stated.host, "sending-site": stated.sending}
    return name_in(sites[payer], language) if payer in sites else PAYERS[payer][language]


def _place(stated: Stated, language: str) -> str:
    names = (stated.host_department, stated.host)
    # English names do not stand one behind the other without a comma, whatever the language around them.
    order = PLACES[language if all(language in each for each in names) else "en"]
    return order.format(department=name_in(names[0], language), host=name_in(names[1], language))


def _dates(stated: Stated, language: str) -> str:
    return BETWEEN["dates"][language].join(_date(day, language) for day in (stated.arrival, stated.departure))


def _date(day: date, language: str) -> str:
    return str(format_date(day, "long", locale=LOCALES[language]))
