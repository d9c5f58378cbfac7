"""What went wrong, as an OperationOutcome."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.web.clients import Refused

SEVERITY = "error"


class Wrong(Exception):
    """A request that is not answered as asked. `code`: of FHIR's issue-type. `headers`: sent with it."""

    def __init__(self, status: int, code: str, what: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(what)
        self.status, self.code, self.what, self.headers = status, code, what, dict(headers or {})


@dataclass(frozen=True)
class _Refusal:
    status: int
    code: str
    says: str = ""
    shown: tuple[str, ...] = field(default=())


REFUSALS: Mapping[str, _Refusal] = {
    "Unknown": _Refusal(404, "not-found", "There is no such resource, or none that this token may read"),
    "UnknownResourceType": _Refusal(404, "not-supported", "No resources of this type are served", ("type", "known")),
    "UnknownParameter": _Refusal(400, "not-supported", "This parameter is not known", ("parameter", "known")),
    "InvalidParameter": _Refusal(400, "value", "This value is not understood", ("parameter", "value", "problem")),
    "ParameterNeeded": _Refusal(400, "required", "A parameter is needed", ("needs",)),
    "TooManyFound": _Refusal(400, "too-costly", "Too much fits: narrow the search, by date for instance", ("most",)),
    "InvalidCommand": _Refusal(400, "invalid", "The request is not understood", ("problems",)),
    "NotAllowed": _Refusal(403, "forbidden", "This token may not read that", ("needs",)),
}


def wrong_of(refused: Refused) -> Wrong:
    """What a service refused."""
    refusal = REFUSALS.get(refused.name, _Refusal(400, "processing", refused.name))
    facts = [f"{name}: {_shown(refused.facts[name])}" for name in refusal.shown if name in refused.facts]
    return Wrong(refusal.status, refusal.code, "; ".join([refusal.says, *facts]))


def outcome(wrong: Wrong) -> dict[str, Any]:
    """The OperationOutcome."""
    issue = {"severity": SEVERITY, "code": wrong.code, "diagnostics": wrong.what}
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def _shown(fact: Any) -> str:
    return ", ".join(map(_shown, fact)) if isinstance(fact, list) else str(fact)
