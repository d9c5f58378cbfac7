"""Stages of the way into practice, what is decided at their gates and on what evidence, as people read it."""

from typing import Any

from flask_babel import lazy_gettext as _l

GATE_WORDS: dict[str, dict[str, Any]] = {
    "stage": {
        "disclosure": _l("Disclosure"),
        "evaluation": _l("Evaluation"),
        "protection": _l("Protection"),
        "terms": _l("Terms"),
        "pilot": _l("Pilot"),
        "adoption": _l("Adoption"),
    },
    "gate": {
        "accepted": _l("Passed"),
        "deferred": _l("Deferred"),
        "declined": _l("Not passed"),
        "not-applicable": _l("Not applicable"),
    },
    "evidence": {
        "evaluation-report": _l("Evaluation report"),
        "novelty-search": _l("Novelty search"),
        "decision-to-publish": _l("Decision to publish"),
        "draft-terms": _l("Draft terms"),
        "open-licence": _l("Open licence"),
        "pilot-protocol": _l("Pilot protocol"),
        "pilot-report": _l("Pilot report"),
        "committee-review": _l("Review by a committee"),
        "regulatory-approval": _l("Approval of a regulator"),
        "regulatory-exemption": _l("Regulator’s word that none is needed"),
        "test-report": _l("Test report"),
        "minutes": _l("Minutes"),
        "other": _l("Other"),
    },
}
