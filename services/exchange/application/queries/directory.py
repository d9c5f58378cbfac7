"""Sites and people: what forms offer to choose from."""

from chassis.kernel.actor import Actor
from services.exchange.application.ports.directory import People, Sites
from services.exchange.application.queries.views import View
from services.exchange.domain.permissions.directory import may_look_up
from services.exchange.domain.person import Person
from services.exchange.domain.site import Closure, Department, Site


def sites(actor: Actor, kept: Sites) -> View:
    """`{items}`: every site with departments and rooms; calendar and factsheet are shown by the question about one."""
    may_look_up(actor)
    return {"items": [{"id": site.id, "version": site.version, **particulars(site.state)} for site in kept.all()]}


def particulars(site: Site) -> View:
    """What a site is: names, country, zone, coordinators, managers, languages, departments and rooms."""
    return {
        "names": dict(site.names),
        "country": site.country,
        "zone": site.zone,
        "coordinators": list(site.coordinators),
        "managers": list(site.managers),
        "languages": list(site.languages),
        "departments": [department_particulars(each) for each in site.departments],
        "rooms": [{"id": room.id, "names": dict(room.names), "places": room.places} for room in site.rooms],
    }


def department_particulars(department: Department) -> View:
    """`{id, names, seats, fields, closed}`; each closed period is `{id, first, last, reason}`."""
    return {
        "id": department.id,
        "names": dict(department.names),
        "seats": department.seats,
        "fields": list(department.fields),
        "closed": [closure_view(closure) for closure in department.closed],
    }


def closure_view(closure: Closure) -> View:
    """`{id, first, last, reason}`."""
    return {
        "id": closure.id,
        "first": closure.first.isoformat(),
        "last": closure.last.isoformat(),
        "reason": closure.reason,
    }


def people(actor: Actor, kept: People) -> View:
    """`{items}`: everybody, by passport name; what only some may see is shown by the question about one person."""
    may_look_up(actor)
    return {"items": [{"id": each.id, "version": each.version, **who(each.state)} for each in kept.all()]}


def who(person: Person) -> View:
    """What everybody in the programme may know of a person."""
    return {
        "passport_name": person.passport_name,
        "local_name": person.local_name,
        "language": person.language,
        "zone": person.zone,
        "email": person.email,
        "sites": list(person.sites),
        "fields": list(person.fields),
        "languages": list(person.languages),
        "home_department": person.home_department,
    }
