"""A person, as notify knows them: a copy of what the exchange tells."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """`language` is `en`, `zh` or `ur`; `zone` an IANA time zone."""

    id: str
    passport_name: str
    local_name: str
    language: str
    zone: str
    email: str

    def name_for(self, language: str) -> str:
        """The name as a reader of the language reads it: in the local script only where that is the reader's own."""
        if language == self.language and self.local_name:
            return self.local_name
        return self.passport_name


def stranger(person_id: str) -> Person:
    """Somebody of whom no copy has come yet: to be spoken to in English, and not to be written to."""
    return Person(person_id, passport_name="", local_name="", language="en", zone="UTC", email="")
