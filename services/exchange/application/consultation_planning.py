"""What has to be known to find or to judge the times of a consultation: reads that, and nothing else."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from chassis.kernel.actor import Actor
from chassis.kernel.errors import Unknown
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.consultations import Consultations
from services.exchange.application.ports.directory import Calendars, People, Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.domain.consultations.consultation import holds, session_keys
from services.exchange.domain.consultations.finding.plan import Away, Interpreter, Plan
from services.exchange.domain.consultations.finding.wish import Wish, must_be_a_consultation
from services.exchange.domain.consultations.participants import with_deputies
from services.exchange.domain.holidays import Calendar, calendar_of
from services.exchange.domain.permissions.consultations import must_see
from services.exchange.domain.person import Person
from services.exchange.domain.site import Site
from services.exchange.domain.stays import stay_of

INTERPRETING = "interpreting"
"""The field of those who may be asked to interpret."""
NONE_OWN: frozenset[str] = frozenset()
DAY = timedelta(days=1)


class ConsultationPlanning:
    """Wishes become plans."""

    def __init__(
        self,
        consultations: Consultations,
        agreements: Agreements,
        sites: Sites,
        people: People,
        visits: Visits,
        calendars: Calendars,
    ) -> None:
        self._consultations, self._agreements = consultations, agreements
        self._sites, self._people = sites, people
        self._visits, self._calendars = visits, calendars

    def plan(self, wish: Wish, begins: datetime, ends: datetime, now: datetime, own: frozenset[str] = NONE_OWN) -> Plan:
        """The wish, with what the rules have to know from `begins` to `ends`: `judge_each` takes any session within.

        `own`: the keys that a session holds already, as `session_keys` tells them: it does not stand in its own way.
        Whether everybody whom the wish names is registered is for who asks to know.
        Raises `NoSuchCondition`, `NotForConsultations`, `NoSuchRoom`, `Unknown`.
        """
        agreement = self._agreements.load(wish.agreement).state
        must_be_a_consultation(agreement.condition(wish.condition))
        interpreters = self._interpreters(wish)
        away = self._away([*with_deputies(wish.participants), *(each.person for each in interpreters)])
        sites = self._sites_of(wish, interpreters, away)
        for site, room in wish.rooms.items():
            sites[site].room(room)
        return Plan(
            wish=wish,
            begins=begins,
            ends=ends,
            now=now,
            agreement=agreement,
            sites=sites,
            calendars={site.id: self._calendar(site, begins, ends) for site in sites.values()},
            away=away,
            interpreters=interpreters,
            taken=self._taken(wish, interpreters, begins, ends) - own,
        )

    def own_holds(self, consultation_id: str, slot: datetime | None, actor: Actor) -> frozenset[str]:
        """What the consultation holds, or its session of that slot. Raises `NoSuchSession`, and `Unknown` also for one
        that the actor may not see."""
        consultation = self._consultations.load(consultation_id).state
        must_see(actor, consultation)
        if slot is None:
            return frozenset(holds(consultation))
        return frozenset(session_keys(consultation, consultation.session(slot))) & frozenset(holds(consultation))

    def _interpreters(self, wish: Wish) -> tuple[Interpreter, ...]:
        """Who could fill a seat and does nothing else there: those of the wish's own sites first."""
        if not wish.interpreters:
            return ()
        named, sites = set(with_deputies(wish.participants)), {each.site for each in wish.participants}
        people = [each.state for each in self._people.all()]
        able = [each for each in people if each.id not in named and _interprets(each, wish)]
        found = [Interpreter(each.id, _preferred(each, sites), frozenset(each.languages)) for each in able]
        return tuple(sorted(found, key=lambda each: (each.site not in sites, each.person)))

    def _away(self, people: Iterable[str]) -> dict[str, tuple[Away, ...]]:
        asked = frozenset(people)
        away: dict[str, tuple[Away, ...]] = {}
        for visit in self._visits.of_people(asked):
            for person in asked & {each.person for each in visit.visitors} if visit.is_holding else ():
                if stay := stay_of(visit, person):
                    away[person] = (*away.get(person, ()), Away(visit.host_site, stay.first, stay.last))
        return away

    def _sites_of(
        self, wish: Wish, interpreters: tuple[Interpreter, ...], away: Mapping[str, tuple[Away, ...]]
    ) -> dict[str, Site]:
        """In the order in which they are named: those of the wish first."""
        taking_part = (*(each.site for each in wish.participants), *(each.site for each in interpreters))
        hosts = (each.host for visits in away.values() for each in visits)
        ids = dict.fromkeys((*taking_part, *wish.rooms, *hosts))
        found = self._sites.named(ids)
        for site in ids:
            if site not in found:
                raise Unknown(kind="site", id=site)
        return {site: found[site] for site in ids}

    def _calendar(self, site: Site, begins: datetime, ends: datetime) -> Calendar:
        # By the site's clock it may be another year already, or still.
        years = range((begins - DAY).year, (ends + DAY).year + 1)
        national = {day: each for year in years for day, each in self._calendars.days(site.country, year).items()}
        return calendar_of(site, national)

    def _taken(
        self, wish: Wish, interpreters: tuple[Interpreter, ...], begins: datetime, ends: datetime
    ) -> frozenset[str]:
        people = (*with_deputies(wish.participants), *(each.person for each in interpreters))
        return self._consultations.taken(people, wish.rooms.values(), begins, ends)


def _interprets(person: Person, wish: Wish) -> bool:
    fields = {field.casefold() for field in person.fields}
    return INTERPRETING in fields and any(set(person.languages) >= set(pair) for pair in wish.interpreters)


def _preferred(person: Person, sites: set[str]) -> str:
    """The site from which they interpret: one of those that meet, else their first."""
    return next((site for site in person.sites if site in sites), person.sites[0])
