"""How the exchange's documents are kept: their kinds, holds, deadlines and events."""

from chassis.store import Publish, Shape, tells_nobody
from services.exchange.domain import agreement_ending, cancelling, closing, importing
from services.exchange.domain import letter as letters
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.budget import Budget
from services.exchange.domain.calendar_address import CalendarAddress
from services.exchange.domain.consultations import consultation as consultations
from services.exchange.domain.consultations import waking
from services.exchange.domain.consultations.consultation import Consultation
from services.exchange.domain.letter import Letter
from services.exchange.domain.person import Person
from services.exchange.domain.rates import Rate
from services.exchange.domain.reporting import report as reports
from services.exchange.domain.reporting.report import Report
from services.exchange.domain.site import Site
from services.exchange.domain.tracks import track
from services.exchange.domain.tracks.track import Track
from services.exchange.domain.visit import Visit, holds

SERVICE = "exchange"


def _registered(_: object) -> str:
    return "registered"


def visit_shape(publish: Publish) -> Shape[Visit]:
    return Shape(
        service=SERVICE,
        kind="visit",
        model=Visit,
        state_word=lambda visit: visit.state,
        publish=publish,
        holds=holds,
        due=cancelling.due,
        remembers=True,
    )


def consultation_shape(publish: Publish) -> Shape[Consultation]:
    return Shape(
        service=SERVICE,
        kind="consultation",
        model=Consultation,
        state_word=lambda consultation: consultation.state,
        publish=publish,
        holds=consultations.holds,
        due=waking.due,
        remembers=True,
    )


def track_shape(publish: Publish) -> Shape[Track]:
    return Shape(
        service=SERVICE,
        kind="track",
        model=Track,
        state_word=lambda kept: kept.visit_state,
        publish=publish,
        due=track.due,
        remembers=True,
    )


def agreement_shape(publish: Publish) -> Shape[Agreement]:
    return Shape(
        service=SERVICE,
        kind="agreement",
        model=Agreement,
        state_word=lambda agreement: agreement.state,
        publish=publish,
        due=agreement_ending.due,
        remembers=True,
    )


def letter_shape(publish: Publish) -> Shape[Letter]:
    return Shape(
        service=SERVICE,
        kind="letter",
        model=Letter,
        state_word=lambda letter: letter.state,
        publish=publish,
        holds=letters.holds,
        due=letters.due,
    )


def report_shape(publish: Publish) -> Shape[Report]:
    return Shape(
        service=SERVICE,
        kind="report",
        model=Report,
        state_word=lambda report: report.state,
        publish=publish,
        due=reports.due,
    )


def person_shape(publish: Publish) -> Shape[Person]:
    return Shape(service=SERVICE, kind="person", model=Person, state_word=_registered, publish=publish)


def _kept(_: object) -> str:
    return "kept"


CALENDAR_ADDRESS_SHAPE = Shape(
    service=SERVICE,
    kind="calendar-address",
    model=CalendarAddress,
    state_word=lambda address: address.state,
    publish=tells_nobody,
)
BUDGET_SHAPE = Shape(SERVICE, "budget", Budget, _kept, tells_nobody, remembers=True)
RATE_SHAPE = Shape(SERVICE, "rate", Rate, _kept, tells_nobody, remembers=True)
SITE_SHAPE = Shape(SERVICE, "site", Site, _registered, tells_nobody, remembers=True)
CLOSED_PLACES_SHAPE = Shape(
    service=SERVICE,
    kind="closed-period",
    model=closing.TakenPlaces,
    state_word=lambda taken: "reopened" if taken.reopened else "closed",
    publish=tells_nobody,
    holds=closing.places,
)

IMPORT_SHAPE = Shape(
    service=SERVICE,
    kind="import",
    model=importing.Import,
    state_word=lambda imported: imported.state,
    publish=tells_nobody,
    holds=importing.holds,
    due=importing.due,
)
