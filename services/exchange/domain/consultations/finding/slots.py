"""A start, told as a time."""

from collections.abc import Iterator

from services.exchange.domain.consultations.finding.answer import Comes, End, Misses, Slot
from services.exchange.domain.consultations.finding.judging import findings
from services.exchange.domain.consultations.finding.looking import Look
from services.exchange.domain.consultations.finding.plan import Interpreter
from services.exchange.domain.consultations.finding.ranking import Score
from services.exchange.domain.consultations.finding.seats import chosen
from services.exchange.domain.consultations.finding.site_findings import unsocial_minutes
from services.exchange.domain.consultations.finding.timetable import Timetable
from services.exchange.domain.consultations.finding.wish import Pair, Wish


def slot_at(timetable: Timetable, wish: Wish, start: int, score: Score) -> Slot:
    """Everything about a start that is a time."""
    look = Look(timetable, wish, start)
    interpreters = tuple(_interpreters(look))
    return Slot(
        begins=look.begins,
        ends=look.ends,
        local=tuple(_ends(look, [each for _, each in interpreters])),
        comes=tuple(Comes(each.participant, each.comes, each.site) for each in look.attendances if each.comes),
        misses=tuple(
            Misses(each.participant, tuple(sorted({cause.rule for cause in each.causes})))
            for each in look.attendances
            if each.comes is None
        ),
        interpreters=interpreters,
        score=score,
        warnings=tuple(findings(look)),
    )


def _interpreters(look: Look) -> Iterator[tuple[Pair, Interpreter]]:
    found = chosen(look.timetable, look.wish, look.start)
    for pair, interpreter in zip(look.wish.interpreters, found, strict=True):
        if interpreter:
            yield pair, interpreter


def _ends(look: Look, interpreters: list[Interpreter]) -> Iterator[End]:
    """Where everybody is who comes, interpreters too."""
    homes = {each.comes: each.participant.site for each in look.attendances if each.comes}
    at = {each.comes: each.site for each in look.attendances if each.comes}
    for each in interpreters:
        homes[each.person] = each.site
        at[each.person] = look.timetable.person(each.person, each.site).site_at(look.start)
    for site in dict.fromkeys(at.values()):
        people = tuple(person for person, where in at.items() if where == site)
        begins, ends = look.local(site)
        yield End(
            site=site,
            zone=look.timetable.plan.sites[site].zone,
            begins=begins,
            ends=ends,
            unsocial_minutes=unsocial_minutes(look, site),
            people=people,
            visitors=tuple(person for person in people if homes[person] != site),
        )
