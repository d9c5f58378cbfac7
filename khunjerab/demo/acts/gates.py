"""The gates on the way into practice: refused, deferred, warned of, passed."""

from collections.abc import Callable
from typing import Any

from khunjerab.demo.acts.outcome import give, on_page, shown
from khunjerab.demo.pages import PageRefused
from khunjerab.demo.stage import Stage, once

EVIDENCE = {
    "evaluation": "evaluation-report",
    "protection": "decision-to-publish",
    "terms": "open-licence",
    "pilot": "pilot-protocol",
    "adoption": "pilot-report",
}
"""Each gate, and the kind of evidence on which it is passed."""
REVIEW = {
    "further_kind": "committee-review",
    "further": "Review by the imaging committee",
    "further_reference": "GPH imaging committee, minutes 7",
}
"""What the gate before the pilot needs besides: it is a change of practice, and its authors' word is not enough."""
DEFERRED_DAYS = 14
READINESS = {
    "technology": (8, "It is laid down, and two readers measured forty patients alike."),
    "clinical": (5, "Ten of them were operated on, and found as staged."),
    "regulatory": (5, "The ethics committee has agreed to a pilot."),
    "business": (5, "One probe serves three wards."),
}
"""Technology far ahead of the rest; each as far as a pilot wants."""


def refused_evidence(stage: Stage, who: str) -> None:
    """Accepted, with nothing to show for it."""
    _refused(stage, who, "evaluation", {"decision": "accepted", "evidence": "", "reference": ""})


def refused_clearance(stage: Stage, who: str) -> None:
    """With evidence, but without what law asks for."""
    _refused(stage, who, "terms", _accepted("terms"))


def defer(stage: Stage, who: str) -> None:
    back_on = stage.days_from_now(DEFERRED_DAYS).isoformat()
    on_page(stage, who, "/gate", {"decision": "deferred", "reason": "Counsel is away.", "back_on": back_on})


def wait_until_it_is_back(stage: Stage) -> None:
    once(lambda: shown(stage, "ali")["gate_due"], bool, "the deferred gate")


def passes(gate: str) -> Callable[[Stage, str], None]:
    """Accepts the gate, on evidence, by the form of the page."""
    return lambda stage, who: _pass(stage, who, gate)


def passes_warned(gate: str) -> Callable[[Stage, str], None]:
    """As `passes`, and shows of what the gate warned."""

    def play(stage: Stage, who: str) -> None:
        _pass(stage, who, gate)
        for warning in shown(stage, who)["gates"][-1]["warned"]:
            stage.said.append(_in_words(warning))

    return play


def rate(stage: Stage, who: str) -> None:
    for domain, (level, ground) in READINESS.items():
        give(stage, who, "rate_readiness", domain=domain, level=level, ground=ground)


def _pass(stage: Stage, who: str, gate: str) -> None:
    on_page(stage, who, "/gate", _accepted(gate))


def _accepted(gate: str) -> dict[str, Any]:
    evidence = {"evidence_kind": EVIDENCE[gate], "evidence": f"Minutes of the {gate} meeting"}
    besides = REVIEW if gate == "pilot" else {}
    return {"decision": "accepted", "reference": f"GPH research office, {gate}", **evidence, **besides}


def _refused(stage: Stage, who: str, gate: str, typed: dict[str, Any]) -> None:
    """Keeps what the page says of it. Raises `RuntimeError` where the gate lets it through."""
    try:
        on_page(stage, who, "/gate", typed)
    except PageRefused as refused:
        stage.refused[gate] = refused.page.alert
        stage.said.append(refused.page.alert)
    else:
        raise RuntimeError(f"the gate before {gate} let the outcome through")


def _in_words(warning: dict[str, Any]) -> str:
    behind = f", far ahead of {', '.join(warning['behind'])}" if warning["behind"] else ""
    wanted = f", where {warning['wanted']} is wanted" if warning["wanted"] else ""
    return f"warned: {warning['domain']} is at level {warning['level']}{behind}{wanted}"
