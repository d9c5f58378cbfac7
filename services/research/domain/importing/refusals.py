"""Why an import is not begun, or a record not what somebody wants of it."""

from chassis.kernel.errors import Refusal


class NotBase64(Refusal):
    """What is given as a file's content is not base64."""


class ImportRunning(Refusal):
    """Another import is being applied: one at a time. Nothing has been changed; confirm again later."""


class NoSuchRecord(Refusal):
    """Facts: `record`, `records`: how many there are."""


class RecordNotReadable(Refusal):
    """The record says nothing that could be kept: it can only be skipped. Facts: `record`."""


class NothingToMergeInto(Refusal):
    """No outcome was found that the record may be, and none is named. Facts: `record`."""


class NotMergeable(Refusal):
    """The record cannot be merged into that outcome. Facts: `record`, `into`, `why`: a refusal's name."""


class TooManyToMerge(Refusal):
    """One import merges no more, as all of it shows at once. Facts: `records`: to be merged by then, `most`."""


class ImportedMeanwhile(Refusal):
    """Since the preview an outcome has come that the record is, surely or likely. Facts: `outcome`."""
