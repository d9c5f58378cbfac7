"""What is known and made: publications, data, tools, software, works."""

from services.research.domain.details.fields import (
    ADDRESS,
    COUNT,
    DAY,
    LINE,
    PROSE,
    PUBMED_ID,
    YEAR,
    YES_OR_NO,
    Fields,
    maybe,
    needed,
    one_of,
)

PUBLICATION: Fields = {
    "kind": needed(
        one_of(
            "journal-article",
            "review",
            "systematic-review",
            "case-report",
            "conference-proceedings",
            "book",
            "book-chapter",
            "guideline",
            "policy-briefing",
            "technical-report",
            "thesis",
            "preprint",
            "other",
        )
    ),
    "published_in": needed(LINE),
    "year": needed(YEAR),
    "published_on": maybe(DAY),
    "volume": maybe(LINE),
    "issue": maybe(LINE),
    "pages": maybe(LINE),
    "publisher": maybe(LINE),
    "pubmed_id": maybe(PUBMED_ID),
    "open_access": maybe(one_of("gold", "green", "hybrid", "bronze", "closed")),
    "address": maybe(ADDRESS),
}

RESEARCH_TOOL: Fields = {
    "kind": needed(
        one_of(
            "biological-samples",
            "cell-line",
            "model-of-mechanisms",
            "diagnostic-method",
            "imaging-method",
            "physiological-measure",
            "questionnaire",
            "laboratory-protocol",
            "assay-or-reagent",
            "other",
        )
    ),
    "provided_to_others": needed(YES_OR_NO),
    "first_provided_on": maybe(DAY),
    "impact": maybe(PROSE),
    "address": maybe(ADDRESS),
}

DATASET_OR_MODEL: Fields = {
    "kind": needed(
        one_of("dataset", "database", "patient-registry", "image-collection", "data-analysis-method", "model", "other")
    ),
    "access": needed(one_of("open", "on-request", "restricted", "closed")),
    "holds_personal_data": needed(YES_OR_NO),
    "repository": maybe(LINE),
    "licence": maybe(LINE),
    "records": maybe(COUNT),
    "published_on": maybe(DAY),
    "impact": maybe(PROSE),
    "address": maybe(ADDRESS),
}

SOFTWARE: Fields = {
    "kind": needed(one_of("software", "web-or-mobile-app", "improvement-of-existing", "other")),
    "is_open_source": needed(YES_OR_NO),
    "version": maybe(LINE),
    "licence": maybe(LINE),
    "released_on": maybe(DAY),
    "impact": maybe(PROSE),
    "address": maybe(ADDRESS),
}

CREATIVE_WORK: Fields = {
    "kind": needed(
        one_of("film-video-or-animation", "image", "artwork", "creative-writing", "performance", "exhibition", "other")
    ),
    "shown_on": maybe(DAY),
    "place": maybe(LINE),
    "impact": maybe(PROSE),
    "address": maybe(ADDRESS),
}
