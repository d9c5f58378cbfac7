"""What is refused about money, by name; the facts are plain values that a page can show."""

from chassis.kernel.errors import Refusal


class NotAnAmount(Refusal):
    """Digits, with a point where there are decimals, are needed: `1250.50`. Facts: `amount`."""


class NegativeAmount(Refusal):
    """Facts: `amount`."""


class AmountTooLarge(Refusal):
    """Facts: `amount`, `most`: the largest that is taken."""


class TooManyDecimals(Refusal):
    """The currency has no such small part. Facts: `amount`, `currency`, `decimals`: how many it has."""


class UnknownCurrency(Refusal):
    """ISO 4217 has no such currency, or it cannot be paid in (gold, test codes). Facts: `currency`."""


class PayerNeedsReason(Refusal):
    """Somebody else is to pay than the agreement's cost sharing proposes. Facts: `kind`, `proposed`, `payer`."""


class NoSuchLine(Refusal):
    """The budget has no such line, or it was removed. Facts: `budget`, `line`."""


class TooManyLines(Refusal):
    """Facts: `most`."""


class ActualEntered(Refusal):
    """Money was spent on the line: it neither vanishes nor changes currency. Facts: `line`, `actual`, `currency`."""


class CorrectionNeedsReason(Refusal):
    """What stands already is changed only with a reason. Facts: `of`, `stands`."""


class SameCurrency(Refusal):
    """A currency needs no rate into itself. Facts: `currency`."""


class RateNotPositive(Refusal):
    """Facts: `rate`."""


class RateTooPrecise(Refusal):
    """Facts: `rate`, `decimals`: how many are taken."""


class RateEntered(Refusal):
    """That day has a rate of this pair already: correct it, naming its version. Facts: `rate_id`, `rate`, `version`."""
