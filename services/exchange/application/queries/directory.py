"""Sites and people: what forms offer to choose from."""

from chassis.kernel.actor import Actor
from services.exchange.application.ports import People, Sites
from services.exchange.application.queries.views import View
from services.exchange.domain.permissions import may_look_up


def sites(actor: Actor, kept: Sites) -> View:
    """`{items}`: every site with its departments."""
    may_look_up(actor)
    return {
        "items": [
            {
                "id": site.id,
                "version": site.version,
                "names": dict(site.state.names),
                "country": site.state.country,
                "zone": site.state.zone,
                "coordinators": list(site.state.coordinators),
                "departments": [
                    {"id": each.id, "names": dict(each.names), "seats": each.seats} for each in site.state.departments
                ],
            }
            for site in kept.all()
        ]
    }


def people(actor: Actor, kept: People) -> View:
    """`{items}`: everybody, by passport name."""
    may_look_up(actor)
    return {
        "items": [
            {
                "id": person.id,
                "passport_name": person.state.passport_name,
                "local_name": person.state.local_name,
                "language": person.state.language,
                "zone": person.state.zone,
                "email": person.state.email,
                "sites": list(person.state.sites),
            }
            for person in kept.all()
        ]
    }
