"""What happened to an import; adapters turn these into the events of the contracts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.research.domain.importing.importing import Import


@dataclass(frozen=True)
class ImportHappening:
    """Base: something happened to an import, which now stands as `imported`."""

    imported: Import


@dataclass(frozen=True)
class ImportChecked(ImportHappening):
    """It waits for somebody to decide on its records, and to confirm it."""


@dataclass(frozen=True)
class ImportRefused(ImportHappening):
    pass


@dataclass(frozen=True)
class ImportApplied(ImportHappening):
    """All of it shows."""
