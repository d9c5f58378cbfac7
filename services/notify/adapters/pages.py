"""Where a message leads: the page of what it is about."""

from services.notify.domain.announcement import ANNOUNCEMENT
from services.notify.domain.digest import DIGEST
from services.notify.domain.notification import Notification

_PAGES = {"vis": "visits", "con": "consultations", "out": "outcomes", "agr": "agreements", "whk": "webhooks"}
_INBOX = "/inbox"


def page_of(notification: Notification) -> str:
    """Its path, from the root on. A visit's track stands on the page of the visit. Two kinds have no page yet: of an
    agreement track the first outcome that it serves is shown, of an import the list in which what it brings stands.
    """
    about = notification.about
    if notification.purpose == DIGEST:
        return _INBOX
    if notification.purpose == ANNOUNCEMENT:
        return str(notification.cause.facts["link"] or _INBOX)
    if about.startswith("imp_"):
        return "/outcomes"
    if about.startswith("trk_"):
        about = notification.cause.facts["visit"]
    if about.startswith("tra_"):
        about = notification.cause.facts["outcomes"][0]
    return f"/{_PAGES[about.partition('_')[0]]}/{about}"


def further_page(notification: Notification) -> str | None:
    """The same, for who reads it in the inbox: nothing where that, or no page of its own, is all there is."""
    page = page_of(notification)
    return None if page in (_INBOX, "/") else page
