"""The form by which all that is still to come is planned anew."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from chassis.kernel.zones import zone_named
from services.web.consultations.forms import ConsultationForm
from services.web.consultations.reading import ConsultationPage, minutes_of
from services.web.consultations.series_form import REPEATS, SeriesForm
from services.web.consultations.session_forms import lengths
from services.web.forms import at_most, choices, needed
from services.web.times import read_instant

ENDS = ("COUNT=", "UNTIL=")


class RescheduleForm(SeriesForm, ConsultationForm):
    """It begins with how things stand."""

    reason = TextAreaField(_l("Reason"), validators=[needed, at_most(2000)])

    @classmethod
    def start(cls, page: ConsultationPage, about: str) -> dict[str, Any]:  # noqa: ARG003
        if not page.planned:
            return {}
        first, zones = page.planned[0], [end.zone for end in page.ends]
        zone = page.consultation["zone"] if page.consultation["zone"] in zones else zones[0]
        begins = read_instant(first["begins"]).astimezone(zone_named(zone))
        when = {"on": begins.date(), "at": begins.time(), "zone": zone, "minutes": minutes_of(first)}
        rule = rhythm(page.consultation["recurrence"])
        return {**when, "link": first["link"], "repeat": rule, "times": len(page.planned) if rule else None}

    def offer(self, page: ConsultationPage, about: str) -> None:  # noqa: ARG002
        """Beside the usual rhythms the one that it has, whatever that is."""
        self.offer_zones(page.ends)
        self.minutes.choices = lengths()
        own = rhythm(page.consultation["recurrence"])
        kept = [] if own in dict(REPEATS) else [(own, _("As until now: %(rule)s", rule=own))]
        self.repeat.choices = choices([*REPEATS, *kept])

    def fields(self) -> dict[str, Any]:
        reason = (self.reason.data or "").strip()
        return {**self.series(), "reason": reason, "expected_version": self.expected_version.data}


def rhythm(rule: str) -> str:
    """The rule (RFC 5545) without its end."""
    return ";".join(part for part in rule.split(";") if not part.startswith(ENDS))
