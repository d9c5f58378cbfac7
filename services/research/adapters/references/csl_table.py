"""The types and variables of CSL-JSON, and those of Crossref's JSON, beside ours.

Sources: CSL 1.0.2, `csl-data.json`; Crossref, "REST API", `/types` and the format of a work.
"""

from services.research.adapters.references.places import KindOf, Place, Table

_ADDRESS = Place("address", ("URL",))
CROSSREF = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "monograph": "book",
    "edited-book": "book",
    "book-chapter": "chapter",
    "dissertation": "thesis",
    "posted-content": "article",
}
"""Types that Crossref has instead of CSL's."""

TABLE = Table(
    prefix="csl",
    kind_name="type",
    kinds=(
        KindOf("document", "publication", "other"),
        KindOf("article-journal", "publication", "journal-article"),
        KindOf("article-journal", "publication", "review"),
        KindOf("article-journal", "publication", "systematic-review"),
        KindOf("article-journal", "publication", "case-report"),
        KindOf("paper-conference", "publication", "conference-proceedings"),
        KindOf("book", "publication", "book"),
        KindOf("chapter", "publication", "book-chapter"),
        KindOf("report", "publication", "technical-report"),
        KindOf("report", "publication", "policy-briefing"),
        KindOf("standard", "publication", "guideline"),
        KindOf("thesis", "publication", "thesis"),
        KindOf("article", "publication", "preprint"),
        KindOf("dataset", "dataset-or-model", "dataset"),
        KindOf("database", "dataset-or-model", "database"),
        KindOf("software", "software", "software"),
        KindOf("patent", "intellectual-property", "patent"),
        KindOf("motion_picture", "creative-work", "film-video-or-animation"),
        KindOf("graphic", "creative-work", "image"),
        KindOf("performance", "creative-work", "performance"),
    ),
    texts=(Place("title", ("title",)), Place("summary", ("abstract",)), Place("doi", ("DOI",))),
    details={
        "publication": (
            Place("published_in", ("container-title",)),
            Place("year", ("issued-year",)),
            Place("published_on", ("issued-day",)),
            Place("volume", ("volume",)),
            Place("issue", ("issue",)),
            Place("pages", ("page",)),
            Place("publisher", ("publisher",)),
            Place("pubmed_id", ("PMID",)),
            _ADDRESS,
        ),
        "dataset-or-model": (Place("repository", ("publisher",)), Place("published_on", ("issued-day",)), _ADDRESS),
        "software": (Place("version", ("version",)), Place("released_on", ("issued-day",)), _ADDRESS),
        "intellectual-property": (Place("reference", ("number",)), _ADDRESS),
        "creative-work": (Place("shown_on", ("issued-day",)), _ADDRESS),
    },
)
"""`issued-year` and `issued-day` are the two things that `issued` may say."""
