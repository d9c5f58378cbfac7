"""A publication."""

from xml.etree.ElementTree import Element

from services.research.adapters.cerif.parts import (
    METADATA_ONLY,
    OPEN,
    access,
    coar_type,
    entity,
    listed,
    named_organisation,
    people,
    worded,
)
from services.research.adapters.telling import detail, first_and_last_page
from services.research.adapters.xml import element, maybe
from services.research.domain.outcome import Outcome

_TEXT, _ARTICLE, _REVIEW, _POLICY = "c_18cf", "c_6501", "c_dcae04bc", "c_186u"
_TYPES = {
    "journal-article": _ARTICLE,
    "review": _REVIEW,
    "systematic-review": _REVIEW,
    "case-report": _ARTICLE,
    "conference-proceedings": "c_5794",
    "book": "c_2f33",
    "book-chapter": "c_3248",
    "guideline": "c_93fc",
    "policy-briefing": _POLICY,
    "technical-report": "c_18gh",
    "thesis": "c_46ec",
    "preprint": "c_816b",
}
_JOURNAL, _PROCEEDINGS, _BOOK = "c_0640", "c_f744", "c_2f33"
_PUBLISHED_IN = {**dict.fromkeys(("journal-article", "review", "systematic-review", "case-report"), _JOURNAL),
                 "conference-proceedings": _PROCEEDINGS}  # fmt: skip


def publication(outcome: Outcome) -> Element:
    first, last = first_and_last_page(outcome)
    return entity(
        "Publication",
        outcome.id,
        coar_type("Publication", _TYPES.get(detail(outcome, "kind"), _TEXT)),
        worded("Title", outcome.title),
        _container(outcome),
        maybe("PublicationDate", detail(outcome, "published_on") or detail(outcome, "year")),
        maybe("Volume", detail(outcome, "volume")),
        maybe("Issue", detail(outcome, "issue")),
        maybe("StartPage", first),
        maybe("EndPage", last),
        maybe("DOI", outcome.doi),
        maybe("URL", detail(outcome, "address")),
        people("Authors", "Author", (each for each in outcome.contributors if "author" in each.role)),
        people("Editors", "Editor", (each for each in outcome.contributors if each.role == "editor")),
        listed("Publishers", named_organisation("Publisher", detail(outcome, "publisher"))),
        worded("Keyword", outcome.field),
        worded("Abstract", outcome.summary),
        _access(outcome),
    )


def _container(outcome: Outcome) -> Element | None:
    """The book that it is a part of, or what it appeared in."""
    title = detail(outcome, "published_in")
    if not title:
        return None
    kind = detail(outcome, "kind")
    code = _BOOK if kind == "book-chapter" else _PUBLISHED_IN.get(kind, _TEXT)
    within = element("Publication", coar_type("Publication", code), worded("Title", title))
    return element("PartOf" if kind == "book-chapter" else "PublishedIn", within)


def _access(outcome: Outcome) -> Element | None:
    way = detail(outcome, "open_access")
    return access({"": None, "closed": METADATA_ONLY}.get(way, OPEN))
