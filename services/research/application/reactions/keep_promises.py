"""Exchange tells of an agreement's text: research keeps what it promises of outcomes."""

from contracts.envelope import CloudEvent
from contracts.exchange.parts import PromisedOutcomes
from contracts.exchange.v1 import AgreementEvent
from services.research.application.ports.promises import Promises
from services.research.domain.promises import Promise, Promised


def keep_promises(event: CloudEvent, agreement: AgreementEvent, promises: Promises) -> None:
    """Keeps it, unless a newer event has told of the agreement already."""
    zones = {partner.id: partner.zone for partner in agreement.partners}
    promises.keep(event, Promised(zones, tuple(_promise(each) for each in agreement.promised)))


def _promise(told: PromisedOutcomes) -> Promise:
    return Promise(
        condition=told.condition,
        kind=told.kind,
        field=told.field,
        sending_site=told.sending_site,
        host_site=told.host_site,
        outcomes={of.year: of.promised for of in told.outcomes},
        since=told.since,
        until=told.until,
    )
