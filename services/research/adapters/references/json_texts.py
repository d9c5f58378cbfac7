"""JSON that comes from outside; and values of it as the texts that stand under `also`."""

import json
import math
from typing import Any

from services.research.adapters.references.texts import plain


def loaded(text: str) -> Any:
    """Raises `ValueError` for what is no JSON, `NaN` and numbers beyond all bounds among it, and `RecursionError`."""
    return json.loads(text, parse_float=_finite, parse_constant=_refused)


def of_json(value: Any) -> str:
    """Text as it is, where it reads as no JSON; everything else as JSON."""
    if isinstance(value, str) and not _reads_as_json(plain(value)):
        return plain(value)
    return plain(json.dumps(value, ensure_ascii=False))


def in_json(text: str) -> Any:
    """The value whose text this is."""
    return loaded(text) if _reads_as_json(text) else text


def _reads_as_json(text: str) -> bool:
    try:
        loaded(text)
    except (ValueError, RecursionError):
        return False
    return True


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _refused(constant: str) -> float:
    raise ValueError(constant)
