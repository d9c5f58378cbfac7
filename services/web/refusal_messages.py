"""One sentence for each refusal of the services, by its name; `%(fact)s` stands for a fact that comes with it."""

from typing import Any

from flask_babel import lazy_gettext as _l

from services.web.consultation_refusals import CONSULTATION_MESSAGES

MESSAGES: dict[str, Any] = {
    **CONSULTATION_MESSAGES,
    "InvalidCommand": _l("Something in the form is not as it should be. Please look at the marked fields."),
    "NotAllowed": _l("You may not do this: it takes another role, or a person of another site."),
    "Unknown": _l("There is no such thing, or you may not see it."),
    "OfNoSiteOfTheirs": _l("Your deputy has to be of your own hospital."),
    "DeputyOfOneself": _l("Nobody stands in for themselves."),
    "AbsenceReversed": _l("The last day is before the first."),
    "AbsenceOver": _l("That absence is over already."),
    "NoDeputy": _l("Nobody stands in for you any more."),
    "ChannelNotOffered": _l("This way is not offered any more."),
    "NothingToConfirm": _l("No code is awaited there. Add it again, and another one comes."),
    "CodeWrong": _l("That is not the code that was sent. Tries left: %(left)s."),
    "CodeOver": _l("This code holds no longer. Add it again, and another one comes."),
    "NobodyReached": _l("Nobody would be told: beside yourself nobody belongs to those whom you chose."),
    "AudienceTooLarge": _l("These are too many people for one announcement: %(people)s, where %(most)s are possible."),
    "WithdrawnAlready": _l("It was withdrawn before: %(at)s."),
    "TooManyCodes": _l("Codes were asked for too often. There is another one from %(until)s on."),
    "NoSuchAddress": _l("You are not reached that way any more. Please open this page anew."),
    "StillWaiting": _l("It waits for this channel anyway, and is looked at next: %(next_try)s."),
    "AddressSuppressed": _l("No mail is sent to this person’s address: %(reason)s"),
    "AddressNotAllowed": _l("Nothing is ever sent to this address: %(because)s."),
    "EventTypeNotOffered": _l("Nobody is told of such events: %(event_type)s."),
    "TooManyWebhooks": _l("%(most)s webhooks are registered here already: please remove one first."),
    "TooManySecrets": _l(
        "%(most)s secrets sign side by side already: let none of them go on, or wait for the oldest to end."
    ),
    "WebhookNotEnabled": _l("It is disabled, so that nothing is sent to it."),
    "WebhookNotDisabled": _l("It is enabled already."),
    "ChannelPaused": _l("The channel is paused already: %(reason)s"),
    "ChannelNotPaused": _l("The channel is not paused any more."),
    "StaleVersion": _l(
        "Somebody changed this while you were writing. Look at what is new; "
        "what you wrote is kept: send it again if it still fits."
    ),
    "WrongState": _l("This does not fit as things stand now: “%(state)s”. It fits only: %(fits)s."),
    "DatesReversed": _l("The last day (%(departure)s) lies before the first (%(arrival)s)."),
    "DateInThePast": _l("%(date)s has gone by: at the host it is already %(today)s."),
    "DateInTheFuture": _l("%(date)s is still to come: at the host it is %(today)s."),
    "VisitTooLong": _l("%(days)s days are too long for one visit; at most %(most)s are possible."),
    "NoSuchCondition": _l("The agreement has no such cooperation condition any more."),
    "ConditionRemoved": _l(
        "Text %(text)s of the agreement took this cooperation condition out: what is booked under it goes on, "
        "but nothing more is planned."
    ),
    "AgreementNotInEffect": _l(
        "The agreement does not cover these days: it is in effect from %(from)s to %(until)s (now: %(state)s)."
    ),
    "NoSuchDepartment": _l("The host has no such department."),
    "NotOfTheSendingSite": _l("One of the visitors does not belong to the site that sends."),
    "LeaderNotAmongVisitors": _l("The leader has to be one of the visitors."),
    "VisitorNamedTwice": _l("One of the visitors is named twice."),
    "HostFull": _l(
        "The host department is full on these days: %(asked)s places are asked for, %(free)s of %(seats)s are free."
    ),
    "VisitorDoubleBooked": _l("One of the visitors is on another visit on %(date)s."),
    "DepartmentClosed": _l("The host department is closed from %(first)s to %(last)s: %(reason)s."),
    "TooShortNotice": _l(
        "This is too short notice: %(needed)s days are needed and %(notice)s are left. The "
        "earliest day is %(earliest)s."
    ),
    "TooSoonAfterLastVisit": _l(
        "One of the visitors has another visit from %(other_arrival)s to %(other_departure)s: "
        "%(needed)s days are needed between two visits, here are %(gap)s."
    ),
    "OnPublicHoliday": _l("The agreement allows no visit over public holidays: %(days)s (%(names)s)."),
    "OnWeekend": _l("The host does not work on the day of arrival (%(date)s), or on any day of the visit."),
    "QuotaExceeded": _l(
        "The agreement promises less: %(asked)s asked for, %(left)s of %(promised)s left in %(year)s (%(of)s)."
    ),
    "QuotaClosed": _l("The agreement’s quota for %(year)s is closed."),
    "NotAsked": _l("The agreement does not ask for this party’s reply (%(party)s); it asks: %(asked)s."),
    "LinkUsed": _l("This link was used for another answer already: %(answer)s."),
    "LinkExpired": _l("It is too late to answer by this link: its time ended at %(until)s."),
    "NotAnAnswer": _l("This message does not ask for that answer."),
    "GateOutOfOrder": _l("The gate to decide now is “%(next)s”, not “%(gate)s”."),
    "ReasonNeeded": _l("This decision needs a reason: %(decision)s."),
    "DoesNotTransfer": _l("Outcomes of this type are not carried into practice: %(type)s."),
    "DisclosureIncomplete": _l("The report says too little for this gate to be passed. Please correct it first."),
    "EvidenceMissing": _l("To be passed, this gate needs evidence of such a kind: %(kinds)s."),
    "GroundQuestioned": _l(
        "What this outcome came of was entered in error (%(because)s). "
        "Somebody has to say first what it came of instead."
    ),
    "ClearanceMissing": _l(
        "Law asks for a clearance that nobody has recorded: %(kind)s, from %(from_end)s to %(to_end)s."
    ),
    "ClearanceExpired": _l("A clearance that law asks for expired on %(expired_on)s: %(kind)s."),
    "EvidenceInvalid": _l("Please give the evidence’s address as https://…, or say how it is filed."),
    "DecidedTooEarly": _l("%(date)s is too early: %(earliest)s at the earliest."),
    "AlreadyAdopted": _l("This hospital uses it since %(adopted_on)s."),
    "BackOnNeeded": _l("What is deferred needs a day on which it comes back."),
    "BackOnNotInFuture": _l("What is deferred comes back on a day to come: today is %(today)s."),
    "InvalidDoi": _l("“%(doi)s” is not a DOI: it looks like 10.1000/182."),
    "NotOfTheOutcome": _l("This hospital is none of those that the outcome came from."),
    "AdoptedTooEarly": _l("%(date)s is too early: %(earliest)s at the earliest."),
    "TextChanged": _l("The text changed since you read it. Please read it again before you approve."),
    "ReplyTooLate": _l("The time for replies was over at %(reply_by)s."),
    "ArrivalTooEarly": _l(
        "%(date)s is more than %(margin_days)s days before the planned arrival, %(planned_arrival)s. "
        "Move the visit first."
    ),
    "NoPracticePermit": _l(
        "Clinical work in China needs a short-term practice permit, which is not there for: %(visitors)s."
    ),
    "VisitorNotExpected": _l("One of the visitors cannot do this any more, or not yet."),
    "NobodyExpected": _l("There is no visitor left to whom this could happen."),
    "ReportNotReady": _l("The report is still being made. Please ask again in a moment."),
}
