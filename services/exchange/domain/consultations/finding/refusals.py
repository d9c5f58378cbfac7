"""What may be refused about the time of a consultation, by name; the facts are plain values that a page can show.

Moments are ISO 8601 text in UTC; `local_…` ones are by the clock of the site. `people`: those whom it concerns.
"""

from chassis.kernel.errors import Refusal


class WaiverNeedsReason(Refusal):
    """Rules are waived, or an urgent consultation asks for no notice, without a reason. Facts: `rules`."""


class NotForConsultations(Refusal):
    """No consultation is held under a condition of this kind. Facts: `condition`, `kind`."""


class NotOfTheSite(Refusal):
    """Somebody is to take part for a site that they do not belong to. Facts: `person`, `site`."""


class SessionInThePast(Refusal):
    """Facts: `begins`, `now`."""


class TooShortNoticeForConsultation(Refusal):
    """The beginning is too near. Facts: `begins`, `needed_hours`, `earliest`."""


class RoomTaken(Refusal):
    """Another consultation has the room. Facts: `site`, `room`; `begins`: the first quarter that is taken."""


class RoomTooSmall(Refusal):
    """More of the site's people take part than the room has places. Facts: `site`, `room`, `places`, `people`."""


class NoInterpreter(Refusal):
    """Nobody who speaks both languages is free. Facts: `languages`, `begins`."""


class ParticipantBusy(Refusal):
    """Another consultation has them.

    Facts: `person`; `begins`: the first quarter that is taken; `deputy`: who stands in, or null.
    """


class AtNight(Refusal):
    """Some of it lies in the night of a site. Facts: `site`, `zone`, `local_begins`, `local_ends`, `people`."""


class SiteOnHoliday(Refusal):
    """A site rests. Facts: `site`, `days`, `names`, `names_by_language`, `provisional`, `people`."""


class SiteDayOff(Refusal):
    """On this weekday the site does not work. Facts: `site`, `days`, `people`."""


class OutsideHours(Refusal):
    """Some of it lies outside a site's working hours.

    Facts: `site`, `zone`, `local_begins`, `local_ends`, `minutes` outside, `people`.
    """


class OnStaffVisit(Refusal):
    """Somebody is on a staff visit: they keep the host's hours. Facts: `person`, `site`, `host`, `first`, `last`."""
