"""What the exchange may refuse about sites and people; the facts are plain values that a page can show."""

from chassis.kernel.errors import Refusal


class SeasonReversed(Refusal):
    """A season of one year ends before it begins. Facts: `season`, `first`, `last`."""


class SeasonsOverlap(Refusal):
    """Two seasons of every year, or two with dates of their own, share a day. Facts: `seasons`."""


class HoursOutOfOrder(Refusal):
    """Hours end before they begin, or before those ahead of them end. Facts: `season`, `weekday`, `hours`."""


class HolidayNamedTwice(Refusal):
    """The site has an entry for the day already. Facts: `date`."""


class NoSuchHoliday(Refusal):
    """The site has no entry for the day. Facts: `date`."""


class SeatsHeld(Refusal):
    """Visits hold places beyond the number asked for.

    Facts: `department`, `asked`, `most_held` and `most_held_on` (most places held on one day), `places` (the numbers
    beyond that are held) and `until` (the last such day).
    """


class AlreadyClosed(Refusal):
    """The department is closed on one of the days. Facts: `closure`, `first`, `last`."""


class NoSuchClosure(Refusal):
    """The department has no such closed period. Facts: `department`, `closure`."""


class ClosureTooLarge(Refusal):
    """More places on more days than one closed period may take: split it. Facts: `seats`, `days`, `takes`, `most`."""


class NoSuchRoom(Refusal):
    """The site has no such room. Facts: `site`, `room`."""


class RoomNamedTwice(Refusal):
    """Another room of the site is called so in one of the languages. Facts: `name`, `room`: the other."""


class BirthDateImpossible(Refusal):
    """Nobody is born after today, or that long ago. Facts: `birth_date`, `today`."""


class NotADepartmentOfTheirs(Refusal):
    """The home department is one of no site that the person belongs to. Facts: `department`, `sites`."""


class NoPassportNumber(Refusal):
    """What was given is no passport number; it is not repeated. Facts: `expected`."""


class PassportExpired(Refusal):
    """Facts: `expired_on`, `today`."""


class NoPassport(Refusal):
    """No passport is known of the person. Facts: `person`."""


class PassportUnreadable(Refusal):
    """No key that is known opens the person's passport number: it has to be entered again. Facts: `person`."""
