"""The three languages: which one a page speaks, and its catalogue, read from the .po file itself.

Catalogues are compiled in memory at start, so that a fresh clone has no build step to forget and git no binary to keep.
"""

import io
from functools import cache, cached_property
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, request, session
from flask_babel import Babel, Domain, get_locale

NAMES = {"en": "English", "zh": "中文", "ur": "اردو"}
CATALOGUES = Path(__file__).parent / "translations"
_FORMATS = {"en": Locale("en", "GB"), "zh": Locale("zh", "CN", script="Hans"), "ur": Locale("ur", "PK")}


class PoDomain(Domain):
    """Messages from .po files, all read at once when made."""

    def __init__(self, catalogues: Path) -> None:
        super().__init__(str(catalogues))
        self._read = {code: _read(catalogues, code) for code in NAMES if code != "en"}

    def get_translations(self) -> NullTranslations:
        """The current language's catalogue; English needs none."""
        return self._read.get(current_language()) or NullTranslations()


class PoBabel(Babel):
    """Flask-Babel with messages from .po files."""

    @cached_property
    def domain_instance(self) -> PoDomain:
        """The messages that `gettext` looks through."""
        return PoDomain(CATALOGUES)


@cache
def _read(catalogues: Path, code: str) -> Translations:
    with (catalogues / code / "LC_MESSAGES" / "messages.po").open("rb") as written:
        catalogue = read_po(written, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def current_language() -> str:
    """The page's language: `en`, `zh` or `ur`."""
    locale = get_locale()
    return locale.language if locale and locale.language in NAMES else "en"


def format_locale() -> Locale:
    """How dates and numbers are written in the page's language."""
    return _FORMATS[current_language()]


def direction(code: str | None = None) -> str:
    """Which way a language is written, the page's where none is named: `ltr` or `rtl`."""
    return _FORMATS[code or current_language()].text_direction


def _chosen() -> str:
    """What was chosen on a page or came with the account at sign-in, else what the browser prefers."""
    chosen = session.get("language")
    if chosen in NAMES:
        return str(chosen)
    return request.accept_languages.best_match(list(NAMES)) or "en"


def add_languages(app: Flask) -> None:
    """Makes every page of the app speak the chosen language."""
    PoBabel(app, locale_selector=_chosen)
    app.jinja_env.globals.update(language=current_language, direction=direction, language_names=NAMES)
