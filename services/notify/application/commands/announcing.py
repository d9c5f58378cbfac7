"""What is announced, as it is typed: bounded, and of no form but text."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from chassis.commands import Command, Line
from contracts.words import SiteId
from services.notify.domain.announcement import Wording
from services.notify.domain.audience import Audience

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Page = Annotated[
    str, StringConstraints(pattern=r"^/([\w-]+(/[\w-]+)*)?(\?[\w=&-]+)?$", max_length=300, strip_whitespace=True)
]
"""From the site's root on: no other site, and nothing that a browser might take for one."""
WorkedIn = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


class Title(Command):
    en: Line
    zh: Line | None = None
    ur: Line | None = None


class Body(Command):
    en: Text
    zh: Text | None = None
    ur: Text | None = None


class Announcing(Command):
    """Everybody, or people of any of the sites who work in any of the fields; what is left out asks for nothing.

    `link`: a page of ours, such as `/visits`.
    """

    title: Title
    text: Body
    everybody: bool = False
    sites: tuple[SiteId, ...] = Field(default=(), max_length=50)
    fields: tuple[WorkedIn, ...] = Field(default=(), max_length=50)
    urgent: bool = False
    link: Page | None = None

    @model_validator(mode="after")
    def _is_for_somebody(self) -> Self:
        if self.everybody == bool(self.sites or self.fields):
            raise ValueError("say either everybody, or sites, fields or both")
        return self

    def wording(self) -> Wording:
        title, text = (each.model_dump(exclude_none=True) for each in (self.title, self.text))
        return Wording(title, text, self.urgent, self.link or "")

    def audience(self) -> Audience:
        return Audience(tuple(dict.fromkeys(self.sites)), tuple(dict.fromkeys(self.fields)))
