"""What the worker alone does, with what it alone needs to know."""

from typing import Any

from pymongo.database import Database

from chassis.clock import Clock
from services.notify.adapters.smtp_postman import SmtpPostman
from services.notify.adapters.writer import TemplateWriter
from services.notify.application.mailing import Mailing
from services.notify.bootstrap.stores import stores_on
from services.notify.settings import MailSettings


def sending_mails(database: Database[dict[str, Any]], clock: Clock, settings: MailSettings) -> Mailing:
    """The worker's task of sending mails."""
    stores = stores_on(database, settings.mail_lease_seconds)
    return Mailing(
        stores.notifications,
        stores.people,
        TemplateWriter(settings.web_url),
        SmtpPostman(settings.account, patience=settings.patience),
        clock,
    )
