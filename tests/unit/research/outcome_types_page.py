"""docs/research/outcome-types.md, made of the tables: `python -m tests.unit.research.outcome_types_page` writes it."""

from pathlib import Path

from services.research.domain.details.fields import Field
from services.research.domain.details.types import FIELDS_OF

PAGE = Path(__file__).parents[3] / "docs/research/outcome-types.md"

_HEAD = """# The types of outcomes

Written by `python -m tests.unit.research.outcome_types_page` from the tables in `services/research/domain/details/`; a
test fails when the two differ. The types are those of Researchfish, and so are most fields and codes, some in fewer
words. `details` of a [report or a correction](outcomes.md#the-report) are told by them; what is needed is needed as
soon as any is told. Title, summary, DOI, contributors and files are told beside them, of every type.
"""


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(_section(kind) for kind in FIELDS_OF)


def _section(kind: str) -> str:
    rows = "".join(_row(name, field) for name, field in FIELDS_OF[kind].items())
    return f"\n## {kind}\n\n| field | | takes |\n|---|---|---|\n{rows}"


def _row(name: str, field: Field) -> str:
    follows = f", not before `{field.not_before}`" if field.not_before else ""
    return f"| `{name}` | {'needed' if field.is_needed else ''} | {field.kind.told}{follows} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
