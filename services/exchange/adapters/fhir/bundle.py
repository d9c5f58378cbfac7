"""Bundle: a page of what was found."""

from urllib.parse import urlencode

from services.exchange.adapters.fhir.parts import Json, given
from services.exchange.application.ports.diary import Page, Resource

AFTER = "_after"


def bundle(page: Page) -> Json:
    """A searchset; `self` names the parameters that were heeded, `next` is there where more follows."""
    return given(
        resourceType="Bundle",
        type="searchset",
        total=page.total,
        link=_links(page),
        entry=[_entry(page.base, each) for each in page.resources],
    )


def _links(page: Page) -> list[Json]:
    links = [{"relation": "self", "url": _address(page, page.asked)}]
    if page.following:
        before = [(name, value) for name, value in page.asked if name != AFTER]
        links.append({"relation": "next", "url": _address(page, [*before, (AFTER, page.following)])})
    return links


def _address(page: Page, asked: object) -> str:
    query = urlencode(asked)  # type: ignore[arg-type]
    return f"{page.base}/{page.type}?{query}".rstrip("?")


def _entry(base: str, resource: Resource) -> Json:
    address = f"{base}/{resource['resourceType']}/{resource['id']}"
    return {"fullUrl": address, "resource": resource, "search": {"mode": "match"}}
