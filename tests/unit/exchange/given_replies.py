"""Replies as calendar programs write them.

Written after RFC 5546 and what is known of each program's ways, to illustrate these: none was recorded from a program.
"""

UID, AT, OURS = "con_1@khunjerab.example", "20260303T070000Z", "consultations@khunjerab.example"


def calendar(*lines: str, method: str = "REPLY", before: str = "") -> bytes:
    """A calendar around the event with these lines."""
    parts = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//EN", f"METHOD:{method}", *before.splitlines()]
    return "\r\n".join([*parts, "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""]).encode()


def reply(*more: str, partstat: str = "ACCEPTED", **different: str) -> bytes:
    """A plain reply of Shahida Bano; a line of `different` replaces the one of its name, an empty one removes it."""
    lines = {
        "UID": f"UID:{UID}",
        "SEQUENCE": "SEQUENCE:0",
        "DTSTAMP": f"DTSTAMP:{AT}",
        "ORGANIZER": f"ORGANIZER;CN=Zhang Wei:mailto:{OURS}",
        "ATTENDEE": f"ATTENDEE;CN=Shahida Bano;PARTSTAT={partstat}:mailto:bano@gilgit.example",
    }
    return calendar(*(line for line in (lines | different).values() if line), *more)


def counter(*more: str, **different: str) -> bytes:
    """The plain reply as a counter-proposal, without a time yet."""
    return reply(*more, **different).replace(b"METHOD:REPLY", b"METHOD:COUNTER")


OUTLOOK = f"""BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:China Standard Time
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0800
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0800
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT=TENTATIVE;CN="Bano, Shahida":MAILTO:Bano@Gilgit.example
ORGANIZER;CN="Zhang Wei":MAILTO:Consultations@khunjerab.example
COMMENT;LANGUAGE=en-US:I may be late\\; theatre until 11\\, then on my way.\\n
UID:{UID}
SUMMARY;LANGUAGE=en-US:Tentative: Cysts\\, staging
RECURRENCE-ID;TZID=China Standard Time:20260414T110000
DTSTART;TZID=China Standard Time:20260414T110000
DTEND;TZID=China Standard Time:20260414T120000
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:{AT}
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:0
LOCATION;LANGUAGE=en-US:Room 1
X-MICROSOFT-CDO-APPT-SEQUENCE:0
X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE
X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY
X-MICROSOFT-CDO-ALLDAYEVENT:FALSE
X-MICROSOFT-DISALLOW-COUNTER:FALSE
X-ALT-DESC;FMTTYPE=text/html:<html><body>{"x" * 40_000}</body></html>
END:VEVENT
END:VCALENDAR
"""

OUTLOOK_COUNTER = f"""BEGIN:VCALENDAR
METHOD:COUNTER
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Pakistan Standard Time
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0500
TZOFFSETTO:+0500
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT=TENTATIVE;CN=Shahida Bano:MAILTO:bano@gilgit.example
ORGANIZER;CN=Zhang Wei:MAILTO:{OURS}
COMMENT;LANGUAGE=en-US:\\n
UID:{UID}
DTSTART;TZID=Pakistan Standard Time:20260407T103000
DTEND;TZID=Pakistan Standard Time:20260407T113000
DTSTAMP:{AT}
SEQUENCE:0
X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE
X-MS-OLK-ORIGINALSTART;TZID=Pakistan Standard Time:20260407T080000
X-MS-OLK-ORIGINALEND;TZID=Pakistan Standard Time:20260407T090000
END:VEVENT
END:VCALENDAR
"""

GOOGLE = f"""BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20260407T030000Z
DTEND:20260407T040000Z
DTSTAMP:{AT}
ORGANIZER;CN=consultations@khunjerab.example:mailto:{OURS}
UID:{UID}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED;CN=bano@g
 ilgit.example;X-NUM-GUESTS=0;X-RESPONSE-COMMENT="no":mailto:bano@gilgit.ex
 ample
X-MICROSOFT-CDO-OWNERAPPTID:-1234567890
CREATED:20260301T000000Z
LAST-MODIFIED:{AT}
SEQUENCE:0
STATUS:CONFIRMED
TRANSP:OPAQUE
RECURRENCE-ID:20260414T030000Z
END:VEVENT
END:VCALENDAR
"""

APPLE = f"""BEGIN:VCALENDAR
METHOD:REPLY
PRODID:-//Apple Inc.//iPhone OS 18.1//EN
VERSION:2.0
CALSCALE:GREGORIAN
BEGIN:VEVENT
ATTENDEE;CN="شاہدہ بانو";CUTYPE=INDIVIDUAL;EMAIL="bano@gilgit.example";
 PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:mailto:bano@gilgit.example
DTEND;TZID=Asia/Shanghai:20260407T120000
DTSTAMP:{AT}
DTSTART;TZID=Asia/Shanghai:20260407T110000
ORGANIZER;CN="张伟";EMAIL="{OURS}":mailto:{OURS}
SEQUENCE:0
SUMMARY:Cysts
UID:{UID}
X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-PT15M
UID:another@elsewhere.example
DESCRIPTION:Reminder
ATTENDEE:mailto:alarm@elsewhere.example
END:VALARM
END:VEVENT
END:VCALENDAR
"""

THUNDERBIRD = f"""BEGIN:VCALENDAR
PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
CREATED:{AT}
LAST-MODIFIED:{AT}
DTSTAMP:{AT}
UID:{UID}
SUMMARY:Cysts
ORGANIZER;CN=Zhang Wei:mailto:{OURS}
ATTENDEE;CN=Shahida Bano;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:noor@gilgit.example":mailto:bano@gilgit.example
RECURRENCE-ID;TZID=/mozilla.org/20050126_1/Asia/Karachi:20260414T080000
X-MOZ-RECEIVED-SEQUENCE:0
X-MOZ-RECEIVED-DTSTAMP:20260302T060000Z
END:VEVENT
END:VCALENDAR
"""

DIALECTS = {
    "Outlook": OUTLOOK,
    "Outlook's counter": OUTLOOK_COUNTER,
    "Google": GOOGLE,
    "Apple": APPLE,
    "Thunderbird": THUNDERBIRD,
}


def written_by(program: str) -> bytes:
    """With the line ends of the RFC."""
    return DIALECTS[program].replace("\n", "\r\n").encode()
