"""The three languages that messages are written in, with catalogues read from their .po files.

A new or changed string: write it in English in a template or in `words.py`, and its translations into
`translations/<language>/LC_MESSAGES/messages.po`. A test names what is missing there.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

TRANSLATIONS = Path(__file__).parents[1] / "translations"
_LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN", "ur": "ur_PK"}
_TAGS = {"en": "en", "zh": "zh-Hans", "ur": "ur"}


@dataclass(frozen=True)
class Language:
    """`tag` as HTML and mail headers want it (BCP 47); `locale` writes dates and lists."""

    code: str
    tag: str
    locale: Locale
    translations: NullTranslations

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return str(self.locale.text_direction)

    def say(self, english: str) -> str:
        """The words in this language; the English ones where nobody has translated them yet."""
        return str(self.translations.gettext(english))


def languages() -> dict[str, Language]:
    """Every language by its code, catalogues read."""
    return {
        code: Language(code, _TAGS[code], Locale.parse(locale), _translations(code))
        for code, locale in _LOCALES.items()
    }


def _translations(code: str) -> NullTranslations:
    if code == "en":
        return NullTranslations()
    with catalogue(code) as written:
        compiled = io.BytesIO()
        write_mo(compiled, read_po(written, locale=code))
    compiled.seek(0)
    return Translations(compiled)


@contextmanager
def catalogue(code: str) -> Iterator[io.BufferedReader]:
    """The .po file of a language, open for reading."""
    with (TRANSLATIONS / code / "LC_MESSAGES" / "messages.po").open("rb") as written:
        yield written
