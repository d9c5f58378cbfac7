"""The zones that the programme's sites keep, for pages that belong to no single visit."""

from services.web.asking import panel
from services.web.times import UTC_END, End
from services.web.words import country


def site_ends() -> tuple[End, ...]:
    """One end for each zone, named after its country; plain UTC while exchange does not say."""
    sites = (panel("exchange", "sites").content or {"items": []})["items"]
    by_zone = {site["zone"]: End(country(site["country"]), country(site["country"]), site["zone"]) for site in sites}
    return tuple(by_zone.values()) or (UTC_END,)
