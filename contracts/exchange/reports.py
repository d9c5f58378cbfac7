"""Version 1 of the exchange service's events about annual reports."""

from typing import ClassVar

from contracts.envelope import EventData
from contracts.words import ReportId


class ReportMade(EventData):
    """An annual report is there to be fetched, behind sign-in: what it is of and what it tells is in no event."""

    type: ClassVar[str] = "exchange.report.made.v1"

    report: ReportId
