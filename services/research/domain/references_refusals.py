"""What is refused of a file of references as a whole; of its records each is reported by itself."""

from chassis.kernel.errors import Refusal


class UnknownFormat(Refusal):
    """No such format, or none that a file's name ends in. Facts: `format`, `known`."""


class FileTooLarge(Refusal):
    """The file is refused before anything of it is read. Facts: `bytes`, `most`."""


class EncodingUnclear(Refusal):
    """No such encoding can be named, or a file that is of use only as a whole is no text in it, or in none that can be
    told. Facts: `encoding`, `because`."""


class TooManyRecords(Refusal):
    """Facts: `most`."""


class NotReferences(Refusal):
    """The file is not of its format, or holds no record. Facts: `format`, `because`."""
