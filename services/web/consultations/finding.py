"""Finding a time: the question that the proposal form asks, and its answer in words."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from chassis.kernel.zones import zone_named
from services.web.asking import now
from services.web.consultations.reading import warned
from services.web.consultations.wishes import ProposalFields
from services.web.looking import Looked, look
from services.web.refusals import Known
from services.web.times import read_instant
from services.web.words import spoken, word

View = Mapping[str, Any]
WINDOW_DAYS = 14
CHANGES = {
    "optional": _l("Let %(person)s come only if possible"),
    "urgent": _l("Declare it urgent, with a reason"),
    "waive": _l("Set aside “%(rule)s” at %(site)s"),
    "without-room": _l("Do without the room at %(site)s"),
    "without-interpreter": _l("Do without the interpreter (%(languages)s)"),
}


def found(form: ProposalFields, known: Known) -> Looked:
    """Asks for a time."""
    return look(form, "exchange", "find_a_time", form.question(), known)


def window() -> dict[str, Any]:
    """The days among which a fresh form looks, as UTC has them: tomorrow and two weeks on."""
    first = now().date() + timedelta(days=1)
    return {"first": first, "last": first + timedelta(days=WINDOW_DAYS - 1)}


def to_take(slot: View) -> str:
    """What a button carries that takes this time: when it begins, and who interprets where any interpreter will do."""
    seats = [f"{each['person']}@{each['site']}@{'+'.join(each['languages'])}" for each in slot["interpreters"]]
    return " ".join([slot["begins"], *seats])


def take(form: ProposalFields, taken: str) -> None:
    """Writes a time that was found into the form, by the clock that is chosen there."""
    begins, *seats = taken.split() or ("",)
    try:
        local = read_instant(begins).astimezone(zone_named(str(form.zone.data)))
    except (ValueError, OverflowError):
        return
    form.on.process_data(local.date())
    form.at.process_data(local.time())
    form.on.raw_data = form.at.raw_data = None
    waiting = {number: form[f"languages-{number}"].data for number in form.open_rows()}
    for seat in seats:
        person, _at, languages = seat.rpartition("@")
        for number, pair in list(waiting.items()):
            if sorted(pair.split()) == sorted(languages.split("+")):
                form[f"person-{number}"].process_data(person)
                form[f"role-{number}"].process_data("interpreter")
                del waiting[number]
                break


def why_none(none: View, known: Known) -> Iterator[str]:
    """What keeps how many of the possible beginnings from being a time, the worst last."""
    for rule, starts in none["rules"].items():
        yield f"{word(rule, 'time-rule')}: {_starts(starts)}"
    for each in sorted(none["participants"], key=lambda one: -one["excluded"]):
        rules = ", ".join(word(rule.partition(":")[0], "time-rule") for rule in each["rules"])
        yield _(
            "%(person)s cannot come: %(starts)s (%(rules)s)",
            person=_name(each["person"], known),
            starts=_starts(each["excluded"]),
            rules=rules,
        )
    for each in none["rooms"]:
        yield _(
            "%(room)s is not free or too small: %(starts)s",
            room=_name(each["room"], known),
            starts=_starts(each["excluded"]),
        )
    for each in none["interpreters"]:
        yield _(
            "No interpreter (%(languages)s): %(starts)s",
            languages=_pair(each["languages"]),
            starts=_starts(each["excluded"]),
        )


def relaxed(relaxation: View, known: Known) -> str:
    """What would have to be asked for differently, in words."""
    return " + ".join(_change(change, known) for change in relaxation["changes"])


def remarks(slot: View, known: Known) -> list[str]:
    """What the rules have against a time and let pass."""
    return [warned(warning, known) for warning in slot["warnings"]]


def _change(change: View, known: Known) -> str:
    facts = {
        "person": _name(change.get("person_id"), known),
        "site": _name(change.get("site_id"), known),
        "rule": word(change.get("rule"), "time-rule"),
        "languages": _pair(change.get("languages") or ()),
    }
    sentence = CHANGES.get(change["change"])
    return str(sentence) % facts if sentence else word(change["change"], "time-rule")


def _name(identity: str | None, known: Known) -> str:
    return known.names.get(identity or "", identity or "")


def _pair(languages: Any) -> str:
    return " ↔ ".join(spoken(code) for code in languages)


def _starts(number: int) -> str:
    return str(ngettext("%(num)d possible start", "%(num)d possible starts", number))
