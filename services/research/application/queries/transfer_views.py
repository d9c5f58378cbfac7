"""Parts of answers that tell how far an outcome has come into practice."""

from collections.abc import Mapping

from services.research.application.queries.views import View, text_of
from services.research.domain.gates import Gate


def gate_view(gate: Gate, names: Mapping[str, str]) -> View:
    """One decision: what, when (`decided_on`) and by whom (`body`); `by` recorded it `at` a moment."""
    return {
        "gate": gate.gate,
        "decision": gate.decision,
        "reason": gate.reason,
        "evidence": [vars(each) for each in gate.evidence],
        "body": gate.body,
        "decided_on": gate.day.isoformat(),
        "back_on": text_of(gate.back_on),
        "by": gate.by,
        "by_name": names.get(gate.by or ""),
        "at": gate.at.isoformat(),
    }
