"""A person, as notify knows them: a copy of what the exchange tells."""

import unicodedata
from dataclasses import dataclass

LANGUAGES = ("en", "zh", "ur")
"""Those in which messages are written."""

_SCRIPTS = {"zh": "CJK", "ur": "ARABIC"}
"""The word for a language's script in the Unicode names of its letters; English is written as passports are."""


@dataclass(frozen=True)
class Person:
    """`language` is one of `LANGUAGES`; `zone` an IANA time zone; `sites` those that they are of.

    `fields`: what they work in, as the exchange was told.
    """

    id: str
    passport_name: str
    local_name: str
    language: str
    zone: str
    email: str
    sites: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    def name_for(self, language: str) -> str:
        """The name as a reader of the language reads it: the local one only where it is in that language's script.

        The script decides and not the person's own language: people write to each other in a third one.
        """
        script = _SCRIPTS.get(language)
        if script and script in unicodedata.name(self.local_name[:1] or " ", ""):
            return self.local_name
        return self.passport_name


def stranger(person_id: str, language: str = "en") -> Person:
    """Somebody of whom no copy has come yet: to be spoken to, in English unless another language is asked for, and not
    to be written to.
    """
    return Person(person_id, passport_name="", local_name="", language=language, zone="UTC", email="")
