"""What the exchange may refuse about replies that calendar programs write; the facts are plain values for a page.

Moments are ISO 8601 text in UTC.
"""

from chassis.kernel.errors import Refusal


class NotACalendar(Refusal):
    """It cannot be read as one iCalendar object with one event. Facts: `why`; `line` where a line is to blame.

    `why`: `encoding`, `control-characters`, `no-calendar`, `no-event`, `several-events`, `nesting`, `line`, `twice` or
    `missing` (the property, in `line`).
    """


class CalendarTooLarge(Refusal):
    """More than a reply can need. Facts: `what` (`bytes`, `lines`, `parts` or `line-bytes`), `most`."""


class NoSuchMethod(Refusal):
    """Only REPLY and COUNTER are read. Facts: `method`, empty where the file names none."""


class ForeignUid(Refusal):
    """The event is none of ours. Facts: `uid`."""


class StaleReply(Refusal):
    """It answers what is no longer so, or an answer that was given later stands.

    Facts: `sequence` and `current_sequence`, or `at` and `answered_at`.
    """


class ForgedReply(Refusal):
    """It is not from whom it says, or not to us. Facts: `why`, `attendee`.

    `why`: `not-a-participant`, `sender` (the mail came from another address), `several-attendees`, `organiser`,
    `sequence` (higher than any we sent) or `dtstamp` (written in the future).
    """


class UnknownRecurrence(Refusal):
    """The consultation has no such session. Facts: `consultation`, `recurrence_id`."""


class CounterWithoutTime(Refusal):
    """A counter-proposal names no beginning or no end, or ends before it begins. Facts: `uid`."""


class NotADate(Refusal):
    """A moment cannot be read. Facts: `property`, `value`."""


class FloatingTime(Refusal):
    """A moment that names neither UTC nor a zone is another one for everybody. Facts: `property`, `value`."""


class AllDay(Refusal):
    """A session has hours: a day alone is none. Facts: `property`, `value`."""


class NoSuchStatus(Refusal):
    """An attendee answers ACCEPTED, TENTATIVE, DECLINED or DELEGATED. Facts: `status`."""


class NoSuchRange(Refusal):
    """An attendee answers of all sessions or of one, not of those from one on. Facts: `range`."""


class DelegateNotADeputy(Refusal):
    """Only a deputy whom the consultation names may come instead. Facts: `participant`, `delegate`."""


class NoCalendarPart(Refusal):
    """The mail holds no calendar. Facts: none."""


class SeveralCalendarParts(Refusal):
    """The mail holds calendars that differ. Facts: `count`."""


class NoSender(Refusal):
    """The mail does not come from exactly one address. Facts: none."""


class UnverifiedSender(Refusal):
    """Our mail server does not vouch that the mail is from where it says. Facts: `sender`, `by` (the server)."""
