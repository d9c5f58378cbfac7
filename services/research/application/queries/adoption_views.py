"""Parts of answers that tell of an outcome's use in a hospital."""

from collections.abc import Mapping

from services.research.application.queries.views import View, text_of
from services.research.domain.adoption import FOLLOWED_UP_AFTER, Adoption, FollowUp

Names = Mapping[str, str]


def adoption_view(adoption: Adoption, names: Names) -> View:
    """One hospital's use, since when and until when, with its follow-ups in their order."""
    return {
        "site": adoption.site,
        "adopted_on": adoption.adopted_on.isoformat(),
        "patients": adoption.patients,
        "procedures": adoption.procedures,
        "guideline": adoption.guideline,
        "note": adoption.note,
        "by": adoption.by,
        "by_name": names.get(adoption.by or ""),
        "at": adoption.at.isoformat() if adoption.at else None,
        "ended_on": text_of(adoption.ended_on),
        "end_reason": adoption.end_reason,
        "follow_ups": [_follow_up(adoption, months, names) for months in FOLLOWED_UP_AFTER],
    }


def _follow_up(adoption: Adoption, months: int, names: Names) -> View:
    """`awaited`: its day has come, and the hospital has not said anything; `said` is null until it has.

    `covered_by`: the months of a later one that was said first; null where none was.
    """
    said, later = adoption.said(months), adoption.covering(months)
    return {
        "months": months,
        "due_on": adoption.due_on(months).isoformat(),
        "awaited": months in adoption.asked and months in adoption.awaited,
        "said": _said(said, names) if said else None,
        "covered_by": later.months if later else None,
    }


def _said(follow_up: FollowUp, names: Names) -> View:
    return {
        "in_use": follow_up.in_use,
        "patients": follow_up.patients,
        "procedures": follow_up.procedures,
        "note": follow_up.note,
        "by": follow_up.by,
        "by_name": names.get(follow_up.by or ""),
        "at": follow_up.at.isoformat(),
    }
