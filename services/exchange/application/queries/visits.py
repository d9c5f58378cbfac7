"""The list of visits."""

from chassis.commands import Command, PageSize
from chassis.kernel.actor import Actor
from contracts.words import VisitId, VisitState
from services.exchange.application.ports.agreements import Agreements
from services.exchange.application.ports.directory import People, Sites
from services.exchange.application.ports.visits import Visits
from services.exchange.application.queries.views import View, department_view, site_view, text_of
from services.exchange.domain.person import Person
from services.exchange.domain.site import Site
from services.exchange.domain.uncovered import uncovered
from services.exchange.domain.visit import Visit


class AskVisits(Command):
    """`after` is the `next` of the page before."""

    state: VisitState | None = None
    after: VisitId | None = None
    limit: PageSize = 50


def visits(asked: AskVisits, actor: Actor, kept: Visits, agreements: Agreements, sites: Sites, people: People) -> View:
    """`{items, next}`: visits that the actor may see, newest first."""
    page = kept.page(actor, state=asked.state, after=asked.after, limit=asked.limit)
    places = sites.named({site for visit in page for site in (visit.state.sending_site, visit.state.host_site)})
    leaders = people.named({visit.state.leader for visit in page})
    under = agreements.named({visit.state.agreement for visit in page})
    items = [
        {
            "id": visit.id,
            "version": visit.version,
            **_line(visit.state, places, leaders),
            "uncovered": uncovered(visit.state, under[visit.state.agreement]),
        }
        for visit in page
    ]
    return {"items": items, "next": page[-1].id if len(page) == asked.limit else None}


def _line(visit: Visit, places: dict[str, Site], leaders: dict[str, Person]) -> View:
    host = places[visit.host_site]
    return {
        "state": visit.state,
        "purpose": visit.purpose,
        "kind": visit.kind,
        "field": visit.field,
        "sending_site": site_view(places[visit.sending_site]),
        "host_site": site_view(host),
        "host_department": department_view(host, visit.host_department),
        "leader_name": leaders[visit.leader].passport_name,
        "planned_arrival": text_of(visit.planned_arrival),
        "planned_departure": text_of(visit.planned_departure),
        "reply_by": text_of(visit.reply_by),
    }
