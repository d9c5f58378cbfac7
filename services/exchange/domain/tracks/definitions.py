"""The steps of every direction and kind of visit, as data: change a row here and every open track follows.

Sources of what the law sets: Exit and Entry Administration Law of the PRC, article 39 (registration within 24 hours
outside hotels); Interim Measures for Short-term Medical Practice of Foreign Doctors in China, articles 3 and 9 (permit;
decided within 30 days). The other days are the partners' own custom.

Of an arrival the day is known and not the hour: the 24 hours run out at some hour of the next day, and that day is the
deadline of the registration.
"""

from dataclasses import dataclass

CHINA, PAKISTAN = "CN", "PK"
VISITOR, SENDING_SITE, HOST_DEPARTMENT = "visitor", "sending-site", "host-department"
INTERNATIONAL_OFFICE = "international-office"

PRACTICE_PERMIT = "practice-permit"


@dataclass(frozen=True)
class Definition:
    """One step of the visits that it fits.

    `owner`: who has to see that it is done. `days`: its deadline, in calendar days at the host, from the arrival:
    -14 is two weeks before, 1 the day after. `margin`: so many days at the least have to lie between the step's end and
    the arrival; `None` where the arrival waits for nothing. `sent_from`, `hosted_in`: countries, `None` for any.
    `kinds`: of visits, none for any. `each`: every visitor has a step of their own. `variants`: the ways to do it.
    `waivable`: whether it may be done without.
    """

    name: str
    owner: str
    days: int
    margin: int | None = 0
    sent_from: str | None = None
    hosted_in: str | None = None
    kinds: tuple[str, ...] = ()
    each: bool = True
    variants: tuple[str, ...] = ()
    waivable: bool = True

    def fits(self, sent_from: str, hosted_in: str, kind: str) -> bool:
        """Whether visits of this direction and kind have the step; nothing of it within one country."""
        return (
            sent_from != hosted_in
            and self.sent_from in (None, sent_from)
            and self.hosted_in in (None, hosted_in)
            and (not self.kinds or kind in self.kinds)
        )


DEFINITIONS: tuple[Definition, ...] = (
    Definition("leave", SENDING_SITE, -60, margin=1),
    Definition("no-objection", SENDING_SITE, -45, margin=1, sent_from=PAKISTAN),
    Definition("outbound-permit", SENDING_SITE, -45, margin=1, sent_from=CHINA),
    Definition(PRACTICE_PERMIT, INTERNATIONAL_OFFICE, -30, hosted_in=CHINA, kinds=("clinical-work",), waivable=False),
    Definition("pakistan-visa", VISITOR, -21, margin=2, hosted_in=PAKISTAN),
    Definition("china-visa", VISITOR, -14, margin=2, hosted_in=CHINA, variants=("F", "M")),
    Definition("insurance-proof", VISITOR, -14, margin=1),
    Definition("police-registration", HOST_DEPARTMENT, 1, margin=None, hosted_in=CHINA),
)
"""In the order in which they fall due."""


def definition(name: str) -> Definition:
    """The one of this name. Raises `KeyError`."""
    return next(each for each in DEFINITIONS if each.name == name)
