"""Version 1 of the research service's events about imports of files of references."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from contracts.envelope import EventData
from contracts.words import ImportId, PersonId, SiteId


class ImportEvent(EventData):
    """Which import, of what, and for whom. Of the records themselves nothing is told."""

    import_id: ImportId
    file: str = Field(description="the file's name")
    importer: PersonId = Field(description="who brought it")
    responsible: PersonId = Field(description="who is to claim what comes of it")
    sites: tuple[SiteId, ...]


class Found(BaseModel):
    """How many records are what."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    new: int = 0
    possible: int = Field(default=0, description="possibly one of what stands there, or of another record")
    likely: int = 0
    same: int = Field(default=0, description="one of those, by its DOI")
    unfit: int = Field(default=0, description="nothing can be kept of them")


class Became(BaseModel):
    """How many records became what."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    imported: int = Field(default=0, description="outcomes that wait to be claimed")
    merged: int = Field(default=0, description="parts of outcomes that stood there")
    skipped: int = 0
    failed: int = Field(default=0, description="not written, each for a reason that the import tells")


class ImportChecked(ImportEvent):
    """All records have been looked through: it waits for its importer to decide on them, and to confirm it."""

    type: ClassVar[str] = "research.import.checked.v1"

    records: int
    found: Found


class ImportRefused(ImportEvent):
    """Nothing can be read of the file as a whole. `why`: the name of the refusal, such as UnknownFormat."""

    type: ClassVar[str] = "research.import.refused.v1"

    why: str


class ImportApplied(ImportEvent):
    """What was confirmed is written, and all of it shows."""

    type: ClassVar[str] = "research.import.applied.v1"

    records: int
    became: Became
    confirmed_by: PersonId | None = Field(default=None, description="absent of an import that was kept before")


EVENTS: tuple[type[ImportEvent], ...] = (ImportChecked, ImportRefused, ImportApplied)
