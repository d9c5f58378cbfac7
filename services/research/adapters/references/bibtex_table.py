"""BibTeX's and BibLaTeX's entry types and fields beside ours. Source: the BibLaTeX manual, 2.1 and 2.2."""

import re

from services.research.adapters.references.places import KindOf, Place, Table


def _ranged(text: str) -> str:
    return re.sub("[–—]", "-", text)


def _range(text: str) -> str:
    """Between numbers BibTeX has a dash."""
    return re.sub("^([0-9]+)-([0-9]+)$", r"\1–\2", text)


_ADDRESS = Place("address", ("url",))
_LICENCE = Place("licence", ("license", "licence", "rights"))

TABLE = Table(
    prefix="bibtex",
    kind_name="entrytype",
    kinds=(
        KindOf("misc", "publication", "other"),
        KindOf("article", "publication", "journal-article"),
        KindOf("article", "publication", "review"),
        KindOf("article", "publication", "systematic-review"),
        KindOf("article", "publication", "case-report"),
        KindOf("inproceedings", "publication", "conference-proceedings"),
        KindOf("conference", "publication", "conference-proceedings"),
        KindOf("proceedings", "publication", "conference-proceedings"),
        KindOf("book", "publication", "book"),
        KindOf("mvbook", "publication", "book"),
        KindOf("collection", "publication", "book"),
        KindOf("incollection", "publication", "book-chapter"),
        KindOf("inbook", "publication", "book-chapter"),
        KindOf("techreport", "publication", "technical-report"),
        KindOf("report", "publication", "technical-report"),
        KindOf("report", "publication", "policy-briefing"),
        KindOf("report", "publication", "guideline"),
        KindOf("phdthesis", "publication", "thesis"),
        KindOf("mastersthesis", "publication", "thesis"),
        KindOf("thesis", "publication", "thesis"),
        KindOf("unpublished", "publication", "preprint"),
        KindOf("dataset", "dataset-or-model", "dataset"),
        KindOf("data", "dataset-or-model", "dataset"),
        KindOf("software", "software", "software"),
        KindOf("patent", "intellectual-property", "patent"),
        KindOf("movie", "creative-work", "film-video-or-animation"),
        KindOf("video", "creative-work", "film-video-or-animation"),
        KindOf("image", "creative-work", "image"),
        KindOf("artwork", "creative-work", "artwork"),
        KindOf("performance", "creative-work", "performance"),
    ),
    texts=(Place("title", ("title",)), Place("summary", ("abstract",)), Place("doi", ("doi",))),
    details={
        "publication": (
            Place("published_in", ("journal", "journaltitle", "booktitle")),
            Place("year", ("year",)),
            Place("published_on", ("date",)),
            Place("volume", ("volume",)),
            Place("issue", ("number", "issue")),
            Place("pages", ("pages",), _ranged, _range),
            Place("publisher", ("publisher", "school", "institution", "organization")),
            Place("pubmed_id", ("pmid",)),
            _ADDRESS,
        ),
        "dataset-or-model": (Place("repository", ("publisher",)), Place("published_on", ("date",)), _LICENCE, _ADDRESS),
        "software": (Place("version", ("version",)), Place("released_on", ("date",)), _LICENCE, _ADDRESS),
        "intellectual-property": (Place("reference", ("number",)), Place("owners", ("holder",)), _ADDRESS),
        "creative-work": (Place("shown_on", ("date",)), _ADDRESS),
    },
)
_IN_A_BOOK = {"journal": "booktitle"}
WRITTEN_AS = {
    "inproceedings": _IN_A_BOOK,
    "conference": _IN_A_BOOK,
    "incollection": _IN_A_BOOK,
    "inbook": _IN_A_BOOK,
    "phdthesis": {"publisher": "school"},
    "mastersthesis": {"publisher": "school"},
    "thesis": {"publisher": "institution"},
    "techreport": {"publisher": "institution"},
    "report": {"publisher": "institution"},
}
"""Entry types that have another name for one of these fields."""
