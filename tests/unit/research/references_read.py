"""Files of references read in tests: as text, by the name of their format."""

from services.research.domain.references import Reference, Unreadable
from tests.unit.research.references import FILES


def records(name: str, told: str | bytes, encoding: str = "") -> list[Reference | Unreadable]:
    content = told.encode() if isinstance(told, str) else told
    return list(FILES.read(content, "file", format_name=name, encoding=encoding).records)


def only(name: str, told: str | bytes) -> Reference:
    (found,) = records(name, told)
    assert isinstance(found, Reference), found
    return found


def reports(name: str, told: str | bytes) -> list[tuple[str, str, str]]:
    """Place, label and reason of what could not be read."""
    return [(each.place, each.label, each.why) for each in records(name, told) if isinstance(each, Unreadable)]


def titles(name: str, told: str | bytes) -> list[str]:
    return [each.title for each in records(name, told) if isinstance(each, Reference)]


def remarks(reference: Reference) -> list[tuple[str, str]]:
    return [(each.name, each.why) for each in reference.remarks]


def names(reference: Reference) -> list[tuple[str, str]]:
    return [(each.name, each.role) for each in reference.contributors]
