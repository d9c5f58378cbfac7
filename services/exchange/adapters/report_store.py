"""Annual reports on MongoDB, with their files."""

from chassis.store import DocumentStore
from services.exchange.domain.reporting.report import Report


class ReportStore(DocumentStore[Report]):
    """`Reports` on MongoDB."""
