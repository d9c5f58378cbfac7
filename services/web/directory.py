"""The zones of the programme's sites and the names of its people, for pages that belong to no single visit."""

from collections.abc import Iterable, Mapping
from typing import Any

from services.web.asking import panel
from services.web.languages import current_language
from services.web.times import UTC_END, End
from services.web.words import country, named


def ends_of(sites: Iterable[Mapping[str, Any]]) -> tuple[End, ...]:
    """One end for each zone that the sites keep, labelled with its country; plain UTC while none is known."""
    by_zone: dict[str, list[Mapping[str, Any]]] = {}
    for site in sites:
        by_zone.setdefault(site["zone"], []).append(site)
    return tuple(_end(zone, kept_by) for zone, kept_by in by_zone.items()) or (UTC_END,)


def _end(zone: str, sites: list[Mapping[str, Any]]) -> End:
    countries = dict.fromkeys(country(site["country"]) for site in sites)
    return End(" · ".join(countries), " · ".join(named(site["names"]) for site in sites), zone)


def site_ends() -> tuple[End, ...]:
    """The zones of every site; plain UTC while exchange does not say."""
    return ends_of((panel("exchange", "sites").content or {"items": []})["items"])


def people_names() -> dict[str, str]:
    """What everybody is called, by id; nobody while exchange does not say."""
    people = (panel("exchange", "people").content or {"items": []})["items"]
    return {person["id"]: name_of(person) for person in people}


def name_of(person: Mapping[str, Any]) -> str:
    """As the person writes their own name, to who reads their language."""
    is_read = person["language"] == current_language()
    return str((is_read and person["local_name"]) or person["passport_name"])
