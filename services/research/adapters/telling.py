"""What several formats tell of an outcome: its day, its place, who made it and who helped."""

from services.research.domain.contributors import Contributor
from services.research.domain.outcome import Outcome

MAKERS = ("author", "corresponding-author", "inventor", "developer")
"""Whose work it is."""
_DAYS = ("published_on", "released_on", "granted_on", "filed_on", "first_provided_on", "shown_on", "took_effect_on",
         "awarded_on", "held_on", "registered_on", "began_on", "happened_on")  # fmt: skip
"""Fields that say when it became known or came about, the first of those there."""


def detail(outcome: Outcome, name: str) -> str:
    """A field of its type as text; nothing where it is not told."""
    value = (outcome.details or {}).get(name)
    return "" if value is None else str(value)


def day(outcome: Outcome) -> str:
    """A day or a year, ISO 8601; nothing where none is told."""
    told = (detail(outcome, name) for name in (*_DAYS, "year"))
    return next((each for each in told if each), "")


def makers(outcome: Outcome) -> list[Contributor]:
    """In the order in which they are named. Where nobody is named as its maker, those who led or did the research."""
    for roles in (MAKERS, ("principal-investigator", "investigator")):
        if found := [each for each in outcome.contributors if each.role in roles]:
            return found
    return []


def helpers(outcome: Outcome) -> list[Contributor]:
    """Everybody else."""
    made = makers(outcome)
    return [each for each in outcome.contributors if each not in made]


def first_and_last_page(outcome: Outcome) -> tuple[str, str]:
    """Of `12-19`; the last is empty where one page is told."""
    first, _, last = detail(outcome, "pages").replace("–", "-").partition("-")
    return first.strip(), last.strip()
