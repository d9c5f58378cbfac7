"""Entering what law asks, changing it, and ending it."""

from dataclasses import dataclass, replace

from chassis.kernel.decision import Decision
from services.research.domain.details.kinds import YesOrNo
from services.research.domain.details.types import FIELDS_OF
from services.research.domain.legal.refusals import NoSuchYesOrNo, OneEndOnly, RequirementEnded, RequirementUnchanged
from services.research.domain.legal.requirement import ENDED, IN_EFFECT, Owner, Requirement, is_country


@dataclass(frozen=True)
class Changes:
    """What of a requirement is to be otherwise; `None` stays. Another kind or direction is another requirement."""

    from_gate: str | None = None
    basis: str | None = None
    owner: Owner | None = None
    outcome_types: tuple[str, ...] | None = None
    only_where: str | None = None


def require(requirement: Requirement) -> Decision[Requirement]:
    """From now on it is asked for. Raises `OneEndOnly`, `NoSuchYesOrNo`."""
    if requirement.from_end == requirement.to_end and not is_country(requirement.from_end):
        raise OneEndOnly(site=requirement.from_end)
    _must_be_told(requirement)
    return Decision(requirement, what="required", why=requirement.basis)


def change(requirement: Requirement, changes: Changes, *, reason: str) -> Decision[Requirement]:
    """Asks for it otherwise, of every outcome; what was cleared stays cleared.

    Raises `RequirementEnded`, `RequirementUnchanged`, `NoSuchYesOrNo`.
    """
    _must_be_in_effect(requirement)
    changed = replace(requirement, **{name: value for name, value in vars(changes).items() if value is not None})
    if changed == requirement:
        raise RequirementUnchanged(requirement=requirement.id)
    _must_be_told(changed)
    names = ", ".join(name for name in vars(changes) if getattr(changed, name) != getattr(requirement, name))
    return Decision(changed, what="changed", why=f"{names}: {reason}")


def end(requirement: Requirement, *, reason: str) -> Decision[Requirement]:
    """It is asked for no more. Raises `RequirementEnded`."""
    _must_be_in_effect(requirement)
    return Decision(replace(requirement, state=ENDED), what="ended", why=reason)


def _must_be_in_effect(requirement: Requirement) -> None:
    if requirement.state != IN_EFFECT:
        raise RequirementEnded(requirement=requirement.id)


def _must_be_told(requirement: Requirement) -> None:
    """Only a detail that some of its types are asked for can say that it does not apply."""
    types = requirement.outcome_types or tuple(FIELDS_OF)
    fields = sorted({name for each in types for name, field in FIELDS_OF[each].items() if _is_yes_or_no(field.kind)})
    if requirement.only_where and requirement.only_where not in fields:
        raise NoSuchYesOrNo(detail=requirement.only_where, details=fields)


def _is_yes_or_no(kind: object) -> bool:
    return isinstance(kind, YesOrNo)
