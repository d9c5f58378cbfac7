"""What the exchange may refuse about consultations, by name; the facts are plain values that a page can show.

Moments are ISO 8601 text in UTC.
"""

from chassis.kernel.errors import Refusal


class NotOnTheQuarter(Refusal):
    """Sessions begin and end on a quarter of an hour. Facts: `at`."""


class SessionTooLong(Refusal):
    """Facts: `minutes`, `most`."""


class NoSuchSession(Refusal):
    """Facts: `consultation`, `slot`."""


class WhichSession(Refusal):
    """It has several sessions to come, and the command is about one. Facts: `consultation`, `slots`."""


class SessionClosed(Refusal):
    """The session is not to come any more. Facts: `slot`, `state`."""


class SessionNotBegun(Refusal):
    """What is recorded cannot have happened yet. Facts: `slot`, `begins`, `now`."""


class SessionBegun(Refusal):
    """It has begun: it is closed, or marked as missed, and not changed any more. Facts: `slot`, `begins`, `now`."""


class SlotGone(Refusal):
    """A session that is over was first to begin then, and keeps the name. Facts: `slot`."""


class SessionsOverlap(Refusal):
    """Two sessions of one consultation at the same time. Facts: `slot`, `other`: when each begins."""


class NotAParticipant(Refusal):
    """Facts: `person`."""


class ParticipantNamedTwice(Refusal):
    """Somebody takes part once, and stands in for nobody where they take part themselves. Facts: `person`."""


class ChairNeeded(Refusal):
    """A consultation has one chair, who is required. Facts: `chairs`: who was named."""


class SeveralSitesNeeded(Refusal):
    """People of one site alone need no consultation. Facts: `sites`."""


class NotAPartner(Refusal):
    """The site is no partner of the agreement. Facts: `site`, `agreement`."""


class LanguagesNotSpoken(Refusal):
    """An interpreter speaks both languages of their pair. Facts: `person`, `languages`, `speaks`."""


class PairNeeded(Refusal):
    """Interpreters, and they alone, have a pair of languages. Facts: `person`, `role`, `languages`."""


class RoomNotNeeded(Refusal):
    """Nobody of the site takes part. Facts: `site`, `room`."""


class StillPresents(Refusal):
    """Who presents a case that has no opinion yet takes part. Facts: `person`, `cases`."""


class NotADeputy(Refusal):
    """Nobody has said that this person may come in the participant's place. Facts: `person`, `participant`."""


class CounterTimeNeedsTentative(Refusal):
    """Another time is asked for by a tentative answer. Facts: `status`, `begins`."""


class CounterLengthNeedsTime(Refusal):
    """Another length is asked for together with when it is to begin. Facts: `minutes`."""


class NoCounterTime(Refusal):
    """The participant asks for no other time. Facts: `person`."""


class NoSuchCase(Refusal):
    """Facts: `consultation`, `case`."""


class CaseSettled(Refusal):
    """The case has an opinion already, or was withdrawn. Facts: `case`."""


class CaseReferenceTwice(Refusal):
    """The same case is brought already. Facts: `reference`."""


class ConsentNeeded(Refusal):
    """A case is brought once the patient has agreed. Facts: `reference`."""


class AttendanceMissing(Refusal):
    """Nobody has said who was there. Facts: `slot`."""


class NotExpectedThere(Refusal):
    """Somebody who was there is neither participant nor deputy. Facts: `person`."""


class OpinionMissing(Refusal):
    """A session is closed with an opinion on each of its cases, or with the session that takes it on.

    Facts: `cases`: those that have neither.
    """


class NoSuchAction(Refusal):
    """Facts: `consultation`, `action`."""


class ActionClosed(Refusal):
    """The action is done, or was dropped. Facts: `action`."""


class DueInThePast(Refusal):
    """What is to be done is due today or later. Facts: `due_on`, `today`."""


class NotUrgent(Refusal):
    """Rules are waived for urgent consultations alone. Facts: `rules`."""
