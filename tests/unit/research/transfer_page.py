"""What docs/research/transfer.md shows of the tables: `python -m tests.unit.research.transfer_page` writes it there."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from services.research.domain.evidence import KINDS
from services.research.domain.gates import DECLINED, DEFERRED, MOVES_ON
from services.research.domain.needed_evidence import NEEDED, NEEDED_BESIDES
from services.research.domain.outcome import ADOPTED, STAGES
from services.research.domain.readiness import LEVELS, WANTED
from services.research.domain.transferring import FATES

PAGE = Path(__file__).parents[3] / "docs/research/transfer.md"


def parts() -> dict[str, str]:
    """Each part by the name in its marks."""
    return {
        "stages": "\n".join(_stages()),
        "types": "\n".join(_types()),
        "gates": "\n".join(_gates()),
        "evidence by type": "\n".join(_besides()),
        "levels": "\n".join(_levels()),
    }


def filled_in(page: str) -> str:
    """The page with every part as it should stand between its marks."""
    for name, text in parts().items():
        begins, ends = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        before, _, rest = page.partition(begins)
        page = f"{before}{begins}\n{text}\n\n{ends}{rest.partition(ends)[2]}"
    return page


def _stages() -> Iterator[str]:
    yield "```mermaid\nstateDiagram-v2"
    yield f"    [*] --> {STAGES[0]}: report_outcome"
    for stage, following in pairwise(STAGES):
        yield f"    {stage} --> {following}: {_either(MOVES_ON)}"
        yield f"    {stage} --> {stage}: {_either({DEFERRED, DECLINED})}"
    yield f"    {STAGES[-1]} --> {ADOPTED}: confirm_adoption"
    yield f"    {ADOPTED} --> {ADOPTED}: confirm_adoption (another site), record_follow_up, end_adoption"
    yield "```"


def _types() -> Iterator[str]:
    yield "| type | transfers | because |\n|---|---|---|"
    for outcome_type, fate in FATES.items():
        yield f"| `{outcome_type}` | {'yes' if fate.transfers else 'no'} | {fate.because} |"


def _gates() -> Iterator[str]:
    yield "| gate before | needs, to be accepted | warns below level |\n|---|---|---|"
    yield f"| `{STAGES[0]}` | the report itself: title and summary | |"
    for gate, needs in NEEDED.items():
        evidence = ", ".join(_one_of(any_of) for any_of in needs)
        yield f"| `{gate}` | {evidence} | {WANTED.get(gate, '')} |"
    needed = {kind for needs in NEEDED.values() for any_of in needs for kind in any_of}
    needed |= {kind for each in NEEDED_BESIDES for kind in each.any_of}
    yield f"| any | may have besides: {', '.join(f'`{kind}`' for kind in KINDS if kind not in needed)} | |"


def _besides() -> Iterator[str]:
    yield "| type | gate before | needs besides | because |\n|---|---|---|---|"
    for each in NEEDED_BESIDES:
        of = f"`{each.type}`, where its `kind` is `{each.kind}`" if each.kind else f"`{each.type}`"
        yield f"| {of} | `{each.gate}` | {_one_of(each.any_of)} | {each.because} |"


def _one_of(kinds: tuple[str, ...]) -> str:
    return " or ".join(f"`{kind}`" for kind in kinds)


def _levels() -> Iterator[str]:
    yield "| level | |\n|---|---|"
    for number, level in enumerate(LEVELS, start=1):
        yield f"| {number} | `{level}` |"


def _either(decisions: frozenset[str] | set[str]) -> str:
    return ", ".join(sorted(decisions))


if __name__ == "__main__":
    PAGE.write_text(filled_in(PAGE.read_text("utf-8")), "utf-8")
