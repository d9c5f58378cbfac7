"""Organizations, which are sites and their departments, and the roles of people at sites."""

from collections.abc import Iterable, Iterator

from chassis.kernel.errors import Unknown
from services.exchange.application.diary.desk import Desk, Found, page_of
from services.exchange.application.diary.sought import ID, Sought
from services.exchange.application.ports.diary import Entry, Resource
from services.exchange.domain.diary.naming import name_of, role_in, role_name
from services.exchange.domain.person import Person
from services.exchange.domain.site import Site

PersonAt = tuple[Entry[Person], Site]
Organization = tuple[str, str | None]
"""A site, or a department of it."""


def read_organization(name: str, desk: Desk) -> Resource:
    found = _organizations(desk).get(name)
    if found is None:
        raise Unknown(kind="Organization", id=name[:64])
    return _told([found], desk)[0]


def search_organizations(sought: Sought, desk: Desk) -> Found:
    found = {name: each for name, each in _organizations(desk).items() if _is_sought(name, each, sought, desk)}
    keys, following = page_of(found, sought)
    return Found(_told([found[key] for key in keys], desk), len(found), following)


def read_role(name: str, desk: Desk) -> Resource:
    return desk.rendering.role(*person_at(name, desk))


def search_roles(sought: Sought, desk: Desk) -> Found:
    """Those of people at the reader's sites, and those that are named."""
    found, keys, following = roles_sought(sought, desk)
    return Found([desk.rendering.role(*found[key]) for key in keys], len(found), following)


def person_at(name: str, desk: Desk) -> PersonAt:
    """The person and the site of a role's name; they may have left it. Raises `Unknown`."""
    found = _people_at([name], desk)
    if not found:
        raise Unknown(kind="PractitionerRole", id=name[:64])
    return found[name]


def roles_sought(sought: Sought, desk: Desk, *references: str) -> tuple[dict[str, PersonAt], list[str], str | None]:
    """By their names: those that are sought, the page of them, and where the next begins.

    `references`: parameters that name a role as `_id` does.
    """
    named = sought.all_of(ID) + sought.names("PractitionerRole", *references)
    sites = sought.names("Organization", "organization")
    candidates = dict.fromkeys(named[0]) if named else _own_roles(desk)
    fitting = [name for name in candidates if all(name in each for each in named)]
    found = {name: at for name, at in _people_at(fitting, desk).items() if _is_at(at[1], sites)}
    keys, following = page_of(found, sought)
    return found, keys, following


def _people_at(names: Iterable[str], desk: Desk) -> dict[str, PersonAt]:
    """By name; a name that leads to nobody is left out."""
    parts = {name: found for name in names if (found := role_in(name))}
    people = {each.state.id: each for each in desk.diary.people(each.document for each in parts.values())}
    at = {name: (people.get(each.document), desk.site_with(each.rest[0])) for name, each in parts.items()}
    return {name: (person, site) for name, (person, site) in at.items() if person and site}


def _own_roles(desk: Desk) -> list[str]:
    everybody = desk.people.all()
    return [role_name(each.id, site) for each in everybody for site in each.state.sites if site in desk.own]


def _is_at(site: Site, wanted: list[list[str]]) -> bool:
    return all(name_of(site.id) in alternatives for alternatives in wanted)


def _organizations(desk: Desk) -> dict[str, Organization]:
    sites = {name_of(site): (site, None) for site in desk.sites}
    return sites | dict(_departments(desk))


def _departments(desk: Desk) -> Iterator[tuple[str, Organization]]:
    for site in desk.sites.values():
        for department in site.departments:
            yield name_of(department.id), (site.id, department.id)


def _is_sought(name: str, organization: Organization, sought: Sought, desk: Desk) -> bool:
    site, department = desk.sites[organization[0]], organization[1]
    names = (site.department(department) if department else site).names.values()
    parts = sought.names("Organization", "partof")
    return (
        all(name in wanted for wanted in sought.all_of(ID))
        and all(department is not None and name_of(site.id) in wanted for wanted in parts)
        and all(_begins(names, wanted) for wanted in sought.all_of("name"))
    )


def _begins(names: Iterable[str], wanted: list[str]) -> bool:
    """As FHIR compares names: from their beginning, whatever the case."""
    return any(name.casefold().startswith(text.casefold()) for name in names for text in wanted)


def _told(organizations: list[Organization], desk: Desk) -> list[Resource]:
    entries = {each.state.id: each for each in desk.diary.sites(site for site, _ in organizations)}
    return [
        desk.rendering.department(entries[site], department) if department else desk.rendering.site(entries[site])
        for site, department in organizations
    ]
