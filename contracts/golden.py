"""One complete event of each type, in `samples/`: what it looks like, for readers, tests and previews."""

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def golden_sample(event_type: str, root: Path = HERE) -> dict[str, Any]:
    """The whole CloudEvent. Raises FileNotFoundError for a type without one."""
    sample: dict[str, Any] = json.loads((root / f"samples/{event_type}.json").read_text("utf-8"))
    return sample
