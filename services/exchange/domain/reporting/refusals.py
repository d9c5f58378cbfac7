"""Why a report is refused."""

from chassis.kernel.errors import Refusal


class AsOfInTheFuture(Refusal):
    """Nobody knows yet how things will stand on that day. Facts: `as_of`, `today` in `zone`."""


class AsOfBeforeYear(Refusal):
    """On that day the year had not begun. Facts: `as_of`, `year`."""


class YearNotCovered(Refusal):
    """No text of the agreement touches the year. Facts: `agreement`, `year`, `first` and `last` that one does."""


class ReportTooLarge(Refusal):
    """More rows than one report holds. Facts: `of` (`visits`, `lines`, `sessions`), `most`."""


class ReportNotReady(Refusal):
    """Its files are still being made. Facts: `report`, `state`."""
