"""Outcomes as DataCite's JSON. Source: DataCite Metadata Schema 4.5, and its JSON Schema."""

import re
from typing import Any

from services.research.adapters.languages import UNKNOWN, language_of
from services.research.adapters.licences import SPDX, spdx_of
from services.research.adapters.telling import day, detail, first_and_last_page, helpers, makers
from services.research.domain.contributors import Contributor
from services.research.domain.organisations import Organisation
from services.research.domain.outcome import Outcome

SCHEMA_VERSION = "http://datacite.org/schema/kernel-4"
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
"""DataCite's own have one dot before the stroke; others exist."""
_GENERAL = {
    "journal-article": "JournalArticle", "review": "JournalArticle", "systematic-review": "JournalArticle",
    "case-report": "JournalArticle", "conference-proceedings": "ConferencePaper", "book": "Book",
    "book-chapter": "BookChapter", "guideline": "Report", "policy-briefing": "Report", "technical-report": "Report",
    "thesis": "Dissertation", "preprint": "Preprint", "dataset": "Dataset", "database": "Dataset",
    "patient-registry": "Dataset", "image-collection": "Dataset", "model": "Model", "data-analysis-method": "Workflow",
    "laboratory-protocol": "Workflow", "clinical-trial": "StudyRegistration", "image": "Image", "artwork": "Image",
    "film-video-or-animation": "Audiovisual",
}  # fmt: skip
_BY_TYPE = {"publication": "Text", "dataset-or-model": "Dataset", "software": "Software", "engagement": "Event"}
_CONTRIBUTOR_TYPES = {
    "editor": "Editor", "data-manager": "DataManager", "supervisor": "Supervisor",
    "principal-investigator": "ProjectLeader", "investigator": "Researcher",
}  # fmt: skip
Json = dict[str, Any]


def lacking(outcome: Outcome) -> list[str]:
    """What it would have to tell first: `Doi`, `Creators`, `Publisher`, `Year`; nothing where all is told."""
    needed = {
        "Doi": _DOI.fullmatch(outcome.doi),
        "Creators": makers(outcome),
        "Publisher": _publisher(outcome),
        "Year": day(outcome),
    }
    return [name for name, told in needed.items() if not told]


def datacite(outcome: Outcome) -> Json:
    """One record of an outcome that lacks nothing."""
    told = {
        "doi": outcome.doi,
        "types": _types(outcome),
        "creators": [_person(each) for each in makers(outcome)],
        "titles": [_worded("title", outcome.title)],
        "publisher": _publisher(outcome),
        "publicationYear": day(outcome)[:4],
        "subjects": [_worded("subject", outcome.field)] if outcome.field else [],
        "contributors": _contributors(outcome),
        "dates": [{"date": day(outcome), "dateType": "Issued"}],
        "relatedIdentifiers": _related(outcome),
        "relatedItems": _published_in(outcome),
        "version": detail(outcome, "version"),
        "rightsList": _rights(outcome),
        "descriptions": _descriptions(outcome),
        "fundingReferences": _funding(outcome),
        "url": detail(outcome, "address"),
        "schemaVersion": SCHEMA_VERSION,
    }
    return {name: value for name, value in told.items() if value}


def _types(outcome: Outcome) -> Json:
    kind = detail(outcome, "kind")
    return {
        "resourceTypeGeneral": _GENERAL.get(kind, _BY_TYPE.get(outcome.type, "Other")),
        "resourceType": kind or outcome.type,
    }


def _publisher(outcome: Outcome) -> Json | None:
    """Who made it available; where nobody says, what it appeared in, or the first organisation that took part."""
    for name in ("publisher", "repository", "published_in"):
        if told := detail(outcome, name):
            return {"name": told}
    return next((_published_by(each) for each in outcome.organisations), None)


def _published_by(organisation: Organisation) -> Json:
    ror = {"publisherIdentifier": organisation.ror, "publisherIdentifierScheme": "ROR", "schemeUri": "https://ror.org"}
    return {"name": organisation.name, **(ror if organisation.ror else {})}


def _person(contributor: Contributor) -> Json:
    return {"name": contributor.name, "nameType": "Personal", **_identified(contributor.orcid, "ORCID")}


def _contributors(outcome: Outcome) -> list[Json]:
    people = [
        _person(each) | {"contributorType": _CONTRIBUTOR_TYPES.get(each.role, "Other")} for each in helpers(outcome)
    ]
    return people + [
        {"name": each.name, "nameType": "Organizational", "contributorType": "Other", **_identified(each.ror, "ROR")}
        for each in outcome.organisations
    ]


def _identified(identifier: str, scheme: str) -> Json:
    if not identifier:
        return {}
    where = f"https://{scheme.lower()}.org"
    return {"nameIdentifiers": [{"nameIdentifier": identifier, "nameIdentifierScheme": scheme, "schemeUri": where}]}


def _related(outcome: Outcome) -> list[Json]:
    number = detail(outcome, "pubmed_id")
    same = {"relatedIdentifier": number, "relatedIdentifierType": "PMID", "relationType": "IsIdenticalTo"}
    return [same] if number else []


def _published_in(outcome: Outcome) -> list[Json]:
    title = detail(outcome, "published_in")
    if not title:
        return []
    first, last = first_and_last_page(outcome)
    told = {
        "volume": detail(outcome, "volume"),
        "issue": detail(outcome, "issue"),
        "firstPage": first,
        "lastPage": last,
    }
    within = {"titles": [{"title": title}], "relatedItemType": _container(outcome), "relationType": "IsPublishedIn"}
    return [within | {name: value for name, value in told.items() if value}]


def _container(outcome: Outcome) -> str:
    general = _types(outcome)["resourceTypeGeneral"]
    return {"JournalArticle": "Journal", "ConferencePaper": "ConferenceProceeding", "BookChapter": "Book"}.get(
        general, "Text"
    )


def _rights(outcome: Outcome) -> list[Json]:
    words = detail(outcome, "licence")
    if not words:
        return []
    known = spdx_of(words)
    spdx = {"rightsIdentifier": known, "rightsIdentifierScheme": "SPDX", "schemeUri": SPDX}
    return [{"rights": words, **(spdx if known else {})}]


def _descriptions(outcome: Outcome) -> list[Json]:
    told = _worded("description", outcome.summary) | {"descriptionType": "Abstract"}
    return [told] if outcome.summary else []


def _funding(outcome: Outcome) -> list[Json]:
    """Of money that was given: by whom, and as what. Other outcomes do not say which money they came of."""
    funder = (outcome.details or {}).get("funder")
    if not funder:
        return []
    told = {
        "funderName": funder["name"],
        **({"funderIdentifier": funder["ror"], "funderIdentifierType": "ROR"} if funder.get("ror") else {}),
        "awardNumber": detail(outcome, "reference"),
        "awardUri": detail(outcome, "address"),
        "awardTitle": outcome.title,
    }
    return [{name: value for name, value in told.items() if value}]


def _worded(name: str, text: str) -> Json:
    """Text, and its language where that is known."""
    language = language_of(text)
    return {name: text, **({"lang": language} if language != UNKNOWN else {})}
