"""Invented people, one for each language."""

from itertools import cycle
from typing import Any

from services.notify.domain.notification import Notification
from services.notify.domain.person import Person
from services.notify.domain.telling import people_in

_NAMES = {"en": ("Ayesha Karim", ""), "zh": ("GUO Minghui", "郭明辉"), "ur": ("Fatima Baig", "فاطمہ بیگ")}
_OTHERS = (
    ("zh", "GUO Minghui", "郭明辉"),
    ("ur", "Fatima Baig", "فاطمہ بیگ"),
    ("en", "Ayesha Karim", ""),
    ("zh", "ZHANG Wei", "张伟"),
    ("ur", "Noor Jehan", "نور جہاں"),
    ("en", "Sajjad Hussain", ""),
)
_ZONES = {"en": "Asia/Karachi", "zh": "Asia/Shanghai", "ur": "Asia/Karachi"}


def sample_person(person_id: str, language: str = "en", **fields: Any) -> Person:
    """A person who reads the language."""
    passport_name, local_name = _NAMES[language]
    known: dict[str, Any] = {"passport_name": passport_name, "local_name": local_name, "zone": _ZONES[language]}
    return Person(person_id, language=language, **(known | {"email": f"{language}@hospital.example"} | fields))


def people_around(notification: Notification, reader: Person) -> dict[str, Person]:
    """Everybody whom the notification may name, and its reader."""
    others = sorted(people_in(notification.cause.facts) - {reader.id})
    cast = cycle(each for each in _OTHERS if each[1] != reader.passport_name)
    around = {
        each: sample_person(each, language, passport_name=name, local_name=local)
        for each, (language, name, local) in zip(others, cast, strict=False)
    }
    return around | {reader.id: reader}
