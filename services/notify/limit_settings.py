"""How many messages the worker lets go. Each field is an environment variable of the same name, in capitals."""

from pydantic import Field

from chassis.settings import ServiceSettings
from services.notify.domain.limits import HOUR, MINUTE, SERVICES, Limit, Limits


class LimitSettings(ServiceSettings):
    """Whatever is beyond a limit waits for its turn; 0 is without limit."""

    person_messages_per_hour: int = Field(
        default=30, ge=0, description="what one person gets by each channel; what is urgent goes beyond it"
    )
    domain_mails_per_minute: int = Field(
        default=600, ge=0, description="mails to all the addresses behind one @: more, and some servers refuse them"
    )
    webhook_events_per_minute: int = Field(default=600, ge=0, description="what one webhook is told")

    @property
    def limits(self) -> Limits:
        person, domain = self.person_messages_per_hour, self.domain_mails_per_minute
        webhook = self.webhook_events_per_minute
        return Limits(
            person=Limit(person, HOUR) if person else None,
            domain=Limit(domain, MINUTE) if domain else None,
            webhook=Limit(webhook, MINUTE) if webhook else None,
            services=SERVICES,
        )
