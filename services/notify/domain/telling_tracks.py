"""Who is told what of the steps around a visit: the part of the table that speaks of visas, permits and records.

Every step has an event of its own. Several that one decision tells of are one message to each person, with the first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from services.notify.domain.lines import Facts, Line
from services.notify.domain.roles import HOST_COORDINATOR, SENDING_COORDINATOR, VISITOR

_SEES_TO: Mapping[str, frozenset[str]] = {
    VISITOR: frozenset({"visitor"}),
    SENDING_COORDINATOR: frozenset({"visitor", "sending-site"}),
    HOST_COORDINATOR: frozenset({"host-department", "international-office", "authority"}),
}
"""Whose steps somebody hears of: visitors of their own, coordinators of all that people of their end have to do."""


def steps_told(facts: Facts, because: str, person: str) -> Sequence[Facts]:
    """Those of the steps that a message tells somebody of."""
    # What was told before it named the others is told by itself.
    together: Sequence[Facts] = facts["together"] or (facts,)
    theirs = (each for each in together if each["owner"] in _SEES_TO[because])
    return [each for each in theirs if because != VISITOR or each["person"] == person]


def _with_the_first(because: str, whom: Callable[[Facts], Iterable[str | None]]) -> Callable[[Facts], Iterable[str]]:
    def at_first(facts: Facts) -> Iterable[str]:
        for person in whom(facts):
            told = steps_told(facts, because, person) if person else ()
            if person and told and told[0]["step"] == facts["step"]:
                yield person

    return at_first


def _visitor(facts: Facts) -> Iterable[str | None]:
    return (facts["person"],)


def _host_coordinators(facts: Facts) -> Iterable[str]:
    return facts["host_site"]["coordinators"]  # type: ignore[no-any-return] # JSON


def _sending_coordinators(facts: Facts) -> Iterable[str]:
    return facts["sending_site"]["coordinators"]  # type: ignore[no-any-return] # JSON


def _of_a_step(purpose: str) -> tuple[Line, ...]:
    return (
        Line(f"{purpose}-for-you", VISITOR, _with_the_first(VISITOR, _visitor)),
        Line(purpose, SENDING_COORDINATOR, _with_the_first(SENDING_COORDINATOR, _sending_coordinators)),
        Line(purpose, HOST_COORDINATOR, _with_the_first(HOST_COORDINATOR, _host_coordinators)),
    )


def _both_ends(purpose: str) -> tuple[Line, ...]:
    return (
        Line(purpose, HOST_COORDINATOR, _host_coordinators),
        Line(purpose, SENDING_COORDINATOR, _sending_coordinators),
    )


TRACKS: Mapping[str, tuple[Line, ...]] = {
    "exchange.track.step-near.v1": _of_a_step("step-near"),
    "exchange.track.step-overdue.v1": _of_a_step("step-overdue"),
    "exchange.track.record-overdue.v1": (Line("record-overdue", HOST_COORDINATOR, _host_coordinators),),
    "exchange.track.dates-proposed.v1": _both_ends("dates-proposed"),
    "exchange.track.dates-not-found.v1": _both_ends("dates-not-found"),
}


def people_of_steps(facts: Facts) -> Iterable[str | None]:
    """Everybody whose step these facts tell of; nobody where they are not of steps."""
    return (each["person"] for each in facts.get("together", ()))
