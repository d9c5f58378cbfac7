"""Slot: time of a person at a site, held by a booking or free."""

from services.exchange.adapters.fhir.parts import Json, instant, reference, resource
from services.exchange.domain.diary.naming import role_name
from services.exchange.domain.diary.times import Time


def slot(time: Time) -> Json:
    """Free time is worked out when it is asked for: it has no version."""
    return resource(
        "Slot",
        time.name,
        time.stamp,
        schedule=reference("Schedule", role_name(time.person, time.site)),
        status=time.status,
        start=instant(time.begins, time.zone),
        end=instant(time.ends, time.zone),
    )
