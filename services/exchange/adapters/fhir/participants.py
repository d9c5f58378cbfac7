"""Who takes part in an appointment.

FHIR lets no Organization take part: a site, a department and a room stand in the appointment itself, as Locations that
name the organization to which they belong.
"""

from services.exchange.adapters.fhir.parts import Json, given, own_concept, reference, role_reference, site_reference
from services.exchange.application.ports.diary import Known
from services.exchange.domain.diary.conferring import ROOM
from services.exchange.domain.diary.meetings import Attendee
from services.exchange.domain.diary.naming import name_of
from services.exchange.domain.site import Site


def participant(attendee: Attendee, known: Known) -> Json:
    return given(
        type=[role(attendee)],
        actor=actor(attendee, known),
        required="required" if attendee.required else "optional",
        status=attendee.status,
    )


def role(attendee: Attendee) -> Json:
    return own_concept("role", attendee.role)


def actor(attendee: Attendee, known: Known) -> Json | None:
    """`None` for a party that is neither a person nor a place: the kind of participant is all that is known of it."""
    if attendee.site is None:
        return None
    if attendee.person:
        return role_reference(attendee.person, attendee.site, known.people)
    return given(reference=f"#{attendee.key}", type="Location", display=_place_name(attendee, known))


def contained(attendee: Attendee, known: Known) -> Json | None:
    """The Location that an `actor` refers to, if it refers to one."""
    if attendee.site is None or attendee.person:
        return None
    return {
        "resourceType": "Location",
        "id": attendee.key,
        "name": _place_name(attendee, known),
        "managingOrganization": _organization(attendee, known.sites[attendee.site]),
    }


def _organization(attendee: Attendee, site: Site) -> Json:
    if attendee.within is None or attendee.role == ROOM:
        return site_reference(site)
    return reference("Organization", name_of(attendee.within), site.department(attendee.within).names["en"])


def _place_name(attendee: Attendee, known: Known) -> str:
    site = known.sites[attendee.site or ""]
    if attendee.within is None:
        return site.names["en"]
    if attendee.role == ROOM:
        return next((room.names["en"] for room in site.rooms if room.id == attendee.within), site.names["en"])
    return site.department(attendee.within).names["en"]
