"""One sentence for each refusal about consultations, as in `refusal_messages`; those of times are warnings, too."""

from typing import Any

from flask_babel import lazy_gettext as _l

ONLY_DEPUTIES = _l(
    "Only who is named as a deputy of %(participant)s may come instead, and only where the reply needs one."
)
TIMES: dict[str, Any] = {
    "NotOnTheQuarter": _l("A session begins and ends on a quarter of an hour, not at %(at)s."),
    "SessionTooLong": _l("%(minutes)s minutes are too long for one session; at most %(most)s are possible."),
    "SessionInThePast": _l("%(begins)s has gone by."),
    "SessionsOverlap": _l("Two of the sessions would be at the same time: %(slot)s and %(other)s."),
    "TooShortNoticeForConsultation": _l(
        "This is too short notice: it may begin at %(earliest)s at the earliest, unless it is urgent and says why."
    ),
    "ParticipantBusy": _l("%(person)s is in another consultation at %(begins)s."),
    "RoomTaken": _l("Another consultation has the room (%(room)s) at %(begins)s."),
    "RoomTooSmall": _l("The room (%(room)s) has %(places)s places; %(people)s people of that hospital take part."),
    "NoInterpreter": _l("No interpreter of these languages is free at %(begins)s: %(languages)s."),
    "AtNight": _l("At %(site)s it is night then: %(local_begins)s to %(local_ends)s."),
    "SiteOnHoliday": _l("%(site)s is on holiday then: %(days)s (%(names_by_language)s)."),
    "SiteDayOff": _l("%(site)s does not work on that day: %(days)s."),
    "OutsideHours": _l("Outside working hours at %(site)s: %(local_begins)s to %(local_ends)s."),
    "OnStaffVisit": _l(
        "%(person)s is on a staff visit to %(host)s from %(first)s to %(last)s and goes by the hours there."
    ),
    "NothingChanges": _l("It is so already: nothing would change."),
    "UnknownZone": _l("There is no such time zone: %(zone)s."),
}
PEOPLE: dict[str, Any] = {
    "NotAParticipant": _l("%(person)s does not take part in this consultation."),
    "StillPresents": _l("%(person)s presents %(cases)s and stays until that is withdrawn or has its opinion."),
    "ParticipantNamedTwice": _l("%(person)s is named twice."),
    "ChairNeeded": _l("A consultation has exactly one chair, and the chair has to come."),
    "SeveralSitesNeeded": _l("A consultation needs people of at least two hospitals."),
    "NotAPartner": _l("%(site)s is no partner of this agreement."),
    "NotOfTheSite": _l("%(person)s does not belong to %(site)s."),
    "LanguagesNotSpoken": _l("%(person)s does not speak both languages (%(languages)s), but: %(speaks)s."),
    "PairNeeded": _l("An interpreter needs a pair of languages, and nobody else has one: %(person)s."),
    "NotADeputy": ONLY_DEPUTIES,
    "CounterTimeNeedsTentative": _l("Another time goes only with the reply “tentative”."),
    "CounterLengthNeedsTime": _l("Another length goes only with another time: please say when it is to begin."),
    "NoCounterTime": _l("%(person)s does not ask for another time any more."),
    "NotExpectedThere": _l("%(person)s is neither a participant nor a deputy."),
    "RoomNotNeeded": _l("Nobody of %(site)s takes part, so that no room is needed there."),
    "NoSuchRoom": _l("%(site)s has no such room any more."),
    "NotForConsultations": _l("This cooperation condition is not for consultations (%(kind)s)."),
    "NotUrgent": _l("Only an urgent consultation may set rules aside."),
    "WaiverNeedsReason": _l("Please say why it is so urgent: without a reason no rule is set aside."),
}
SESSIONS: dict[str, Any] = {
    "NoSuchSession": _l("There is no such session any more."),
    "WhichSession": _l("There are several sessions to come. Please choose one: %(slots)s."),
    "SlotGone": _l("A session that is over goes by %(slot)s already: please choose another beginning."),
    "SessionClosed": _l("This session is over or called off: “%(state)s”."),
    "SessionNotBegun": _l("The session has not begun yet: it begins at %(begins)s."),
    "SessionBegun": _l("The session has begun at %(begins)s: close it, or record that nobody came."),
    "AttendanceMissing": _l("Please say first who was there."),
    "OpinionMissing": _l("Each case needs an opinion before the session is closed. Still without: %(cases)s."),
    "NoSuchCase": _l("There is no such case in this session any more."),
    "CaseSettled": _l("The case has an opinion already, or was withdrawn."),
    "CaseReferenceTwice": _l("The case “%(reference)s” is brought already."),
    "ConsentNeeded": _l("The case “%(reference)s” may only be discussed once the patient has agreed."),
    "PatientIdentity": _l(
        "This text holds an identity number (%(kind)s). No patient may be identified here: please take it out."
    ),
    "NoSuchAction": _l("There is no such task any more."),
    "ActionClosed": _l("The task is done already, or was dropped."),
    "DueInThePast": _l("A task cannot be due in the past: %(due_on)s (today is %(today)s)."),
}
RECURRENCE: dict[str, Any] = {
    "RecurrenceUnreadable": _l("How it repeats cannot be understood: %(problem)s."),
    "RecurrencePartNotTaken": _l("This part of how it repeats is not known: %(part)s. Known: %(takes)s."),
    "RecurrenceTooOften": _l("A consultation repeats once a day at most."),
    "RecurrenceWithoutEnd": _l("What repeats has to end: please say how often."),
    "TooManySessions": _l("At most %(most)s sessions are possible."),
    "RecurrenceTooLong": _l("The last session may begin at %(latest)s at the latest."),
    "UntilBeforeBegin": _l("It would end (%(until)s) before it begins (%(begins)s)."),
    "FirstSessionElsewhere": _l("By its own rule it would not begin at %(begins)s, but: %(first)s."),
    "SessionsCoincide": _l("Two sessions would be one: %(slot)s."),
    "NoSuchSlot": _l("What is to be left out is no session: %(slot)s."),
    "FirstSessionLeftOut": _l("The first session cannot be left out: let it begin with a later one."),
}
CALENDARS: dict[str, Any] = {
    "NotACalendar": _l(
        "This file is no reply to one invitation, or it is damaged: please save it anew and bring it as it is."
    ),
    "CalendarTooLarge": _l("This file holds more than is read here."),
    "NoSuchMethod": _l("This file holds no answer. What is read: replies, and answers that ask for another time."),
    "NoSuchStatus": _l("A reply accepts, is tentative, declines, or sends a deputy; “%(status)s” is none of these."),
    "NoSuchRange": _l("A reply is about all sessions or about one; “%(range)s” is neither."),
    "ForeignUid": _l("This reply is about no consultation of ours that you may see."),
    "UnknownRecurrence": _l("The consultation has no session at %(recurrence_id)s."),
    "DelegateNotADeputy": ONLY_DEPUTIES,
    "ForgedReply": _l(
        "This reply is not believed: %(attendee)s does not take part, or was never sent what it answers."
    ),
    "StaleReply": _l(
        "This reply is out of date: the consultation has changed since, or was answered again. "
        "Please answer the newest invitation."
    ),
    "CounterWithoutTime": _l("The reply asks for another time, but does not say from when to when."),
    "NotADate": _l("A time in the reply cannot be read: %(value)s."),
    "FloatingTime": _l("A time in the reply names no time zone: %(value)s."),
    "AllDay": _l("The reply asks for a whole day (%(value)s); a session has hours."),
    "NoCalendarPart": _l("The mail holds no calendar."),
    "SeveralCalendarParts": _l("The mail holds %(count)s calendars that differ."),
    "NoSender": _l("The mail is from nobody, or from several people."),
    "UnverifiedSender": _l("Our mail server does not vouch that the mail is from %(sender)s."),
    "TooManyCalendarAddresses": _l("%(most)s calendar addresses are open already: please revoke one first."),
}
CONSULTATION_MESSAGES: dict[str, Any] = {**TIMES, **PEOPLE, **SESSIONS, **RECURRENCE, **CALENDARS}
