"""What may be refused of letters of invitation, by name, with plain facts."""

from chassis.kernel.errors import Refusal


class NoSuchVisitor(Refusal):
    """The person is not among the visitors. Facts: `visit`, `person`."""


class LetterStands(Refusal):
    """The visitor's letter says the very same already. Facts: `letter`."""


class LetterNotReady(Refusal):
    """There is nothing to fetch: it is being made, or does not stand any more.

    Facts: `letter`, `state`, `because`: what it says and is not so any more, before it was taken out of use.
    """


class LetterUnreadable(Refusal):
    """No key opens what was kept of it: it has to be issued anew. Facts: `letter`."""


class MissingForLetter(Refusal):
    """The letter would state what is not known of the person. Facts: `person`, `missing`: names of fields."""
