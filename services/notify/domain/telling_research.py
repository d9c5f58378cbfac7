"""Who is told what of research: the part of the table that speaks of outcomes, clearances and agreement tracks."""

from collections.abc import Iterable, Mapping

from services.notify.domain.lines import Facts, Line

RESPONSIBLE, FOLLOWER = "responsible", "follower"
CLEARANCE_OWNER = "clearance-owner"
"""Who sees to it that a clearance is renewed."""
ADOPTER = "adopter"
"""Who confirmed for their hospital that it uses the outcome."""
TRACK_FOLLOWER = "track-follower"
IMPORTER = "importer"
"""Who brought a file of references."""


def _responsible(facts: Facts) -> Iterable[str]:
    return (facts["responsible"],)


def _followers(facts: Facts) -> Iterable[str]:
    return facts["followers"]  # type: ignore[no-any-return] # JSON


def _owner(facts: Facts) -> Iterable[str]:
    return (facts["owner"],)


def _adopter(facts: Facts) -> Iterable[str]:
    return (facts["confirmed_by"],)


def _importer(facts: Facts) -> Iterable[str]:
    return (facts["importer"],)


def _about_the_outcome(purpose: str) -> tuple[Line, ...]:
    return Line(purpose, RESPONSIBLE, _responsible), Line(purpose, FOLLOWER, _followers)


_IN_TWO_VERSIONS: Mapping[str, tuple[Line, ...]] = {
    "expected": (Line("outcome-expected", RESPONSIBLE, _responsible),),
    "overdue": (
        Line("outcome-overdue", RESPONSIBLE, _responsible),
        Line("outcome-overdue-followed", FOLLOWER, _followers),
    ),
    **{step: _about_the_outcome(f"outcome-{step}") for step in ("reported", "waived", "advanced", "adopted")},
}
"""Told of in two versions with one id, until the earlier is retired: a person has one message of both."""

RESEARCH: Mapping[str, tuple[Line, ...]] = {
    **{
        f"research.outcome.clearance-{what}.v2": (Line(f"clearance-{what}", CLEARANCE_OWNER, _owner),)
        for what in ("expiring", "expired")
    },
    "research.outcome.due-soon.v2": (Line("outcome-due-soon", RESPONSIBLE, _responsible),),
    **{
        f"research.outcome.{what}.v2": _about_the_outcome(f"outcome-{what}")
        for what in ("gate-due", "questioned", "settled", "adoption-ended")
    },
    "research.outcome.follow-up-due.v2": (
        Line("outcome-follow-up-due", ADOPTER, _adopter),
        Line("outcome-follow-up-due", FOLLOWER, _followers),
    ),
    **{
        f"research.track.{what}.v1": (Line(f"agreement-track-{what}", TRACK_FOLLOWER, _followers),)
        for what in ("waits", "widening", "step-overdue", "in-force", "expiring", "expired", "ended")
    },
    **{
        f"research.import.{what}.v1": (Line(f"import-{what}", IMPORTER, _importer),)
        for what in ("checked", "refused", "applied")
    },
    **{
        f"research.outcome.{what}.{version}": lines
        for version in ("v1", "v2")
        for what, lines in _IN_TWO_VERSIONS.items()
    },
}
