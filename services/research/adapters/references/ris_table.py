"""RIS's types of reference and tags beside ours. Source: Research Information Systems, "RIS Format Specifications"."""

from services.research.adapters.references.places import KindOf, Place, Table

_ADDRESS = Place("address", ("UR", "L2", "L1"))

TABLE = Table(
    prefix="ris",
    kind_name="TY",
    kinds=(
        KindOf("GEN", "publication", "other"),
        KindOf("JOUR", "publication", "journal-article"),
        KindOf("JOUR", "publication", "review"),
        KindOf("JOUR", "publication", "systematic-review"),
        KindOf("JOUR", "publication", "case-report"),
        KindOf("EJOUR", "publication", "journal-article"),
        KindOf("ABST", "publication", "journal-article"),
        KindOf("INPR", "publication", "journal-article"),
        KindOf("CONF", "publication", "conference-proceedings"),
        KindOf("CPAPER", "publication", "conference-proceedings"),
        KindOf("BOOK", "publication", "book"),
        KindOf("EBOOK", "publication", "book"),
        KindOf("EDBOOK", "publication", "book"),
        KindOf("CHAP", "publication", "book-chapter"),
        KindOf("ECHAP", "publication", "book-chapter"),
        KindOf("RPRT", "publication", "technical-report"),
        KindOf("GOVDOC", "publication", "policy-briefing"),
        KindOf("STAND", "publication", "guideline"),
        KindOf("THES", "publication", "thesis"),
        KindOf("UNPB", "publication", "preprint"),
        KindOf("DATA", "dataset-or-model", "dataset"),
        KindOf("AGGR", "dataset-or-model", "dataset"),
        KindOf("DBASE", "dataset-or-model", "database"),
        KindOf("COMP", "software", "software"),
        KindOf("PAT", "intellectual-property", "patent"),
        KindOf("VIDEO", "creative-work", "film-video-or-animation"),
        KindOf("MPCT", "creative-work", "film-video-or-animation"),
        KindOf("FIGURE", "creative-work", "image"),
        KindOf("ART", "creative-work", "artwork"),
    ),
    texts=(Place("title", ("TI", "T1")), Place("summary", ("AB", "N2")), Place("doi", ("DO",))),
    details={
        "publication": (
            Place("published_in", ("T2", "JF", "JO", "BT", "JA", "J2")),
            Place("year", ("PY", "Y1")),
            Place("published_on", ("DA",)),
            Place("volume", ("VL",)),
            Place("issue", ("IS",)),
            Place("pages", ("SP",)),
            Place("publisher", ("PB",)),
            _ADDRESS,
        ),
        "dataset-or-model": (Place("repository", ("PB",)), Place("published_on", ("DA",)), _ADDRESS),
        "software": (Place("version", ("ET",)), Place("released_on", ("DA",)), _ADDRESS),
        "intellectual-property": (Place("reference", ("IS", "VL")), _ADDRESS),
        "creative-work": (Place("shown_on", ("DA",)), _ADDRESS),
    },
    repeats=True,
)
