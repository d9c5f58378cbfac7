"""What people will be reminded of: for whoever has to find out why somebody was, or was not."""

from chassis.commands import Command
from chassis.kernel.actor import Actor
from chassis.kernel.errors import Unknown
from contracts.words import AgreementId, ConsultationId, VisitId
from services.notify.application.queries.views import View
from services.notify.application.reminders import Reminders
from services.notify.domain.permissions import may_follow_reminders
from services.notify.domain.reminders.reminder import Reminder
from services.notify.domain.reminders.rows import Moment
from services.notify.domain.reminders.table import BY_KIND, reminded


class AskReminders(Command):
    """About one thing that is counted back from."""

    about: VisitId | ConsultationId | AgreementId


def reminders_about(asked: AskReminders, actor: Actor, reminders: Reminders) -> View:
    """`{about, items}`: the moments that are waited for, the next first, with who is to be reminded as things stand.

    Raises `NotAllowed`, and `Unknown` where nothing was ever heard of it.
    """
    may_follow_reminders(actor)
    found = reminders.about([asked.about]).get(asked.about)
    if found is None:
        raise Unknown(kind="reminder", id=asked.about)
    moments = sorted(found.state.awaited, key=lambda moment: (moment.at, moment.kind))
    return {"about": asked.about, "items": [_item(found.state, moment) for moment in moments]}


def _item(reminder: Reminder, moment: Moment) -> View:
    line = BY_KIND[moment.kind].line
    return {
        "at": moment.at.isoformat(),
        "purpose": line.purpose,
        "because": line.because,
        "recipients": [telling.recipient for telling in reminded(moment, reminder.facts)],
    }
