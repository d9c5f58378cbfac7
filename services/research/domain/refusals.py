"""Everything that research may refuse, by name; the facts are plain values that a page can show."""

from chassis.kernel.errors import Refusal


class WrongState(Refusal):
    """The command does not fit the state or stage. Facts: `state`, `command`, `fits`: the states it does fit."""


class InvalidDoi(Refusal):
    """What is given as a DOI is none. Facts: `doi`."""


class InvalidOrcid(Refusal):
    """What is given as an ORCID iD is none: its form, its check character or its block. Facts: `orcid`."""


class InvalidRor(Refusal):
    """What is given as an organisation's ROR id is none: its form or its check digits. Facts: `ror`."""


class ContributorNamedTwice(Refusal):
    """One person is named twice, by id or by ORCID iD. Facts: `name`."""


class OrganisationNamedTwice(Refusal):
    """One organisation is named twice, by its ROR id. Facts: `name`."""


class AttachmentInvalid(Refusal):
    """A field of an attachment is not as it should be. Facts: `attachment`: which, from 1 on; `field`, `why`."""


class AttachmentNamedTwice(Refusal):
    """Two attachments stand at one address. Facts: `address`."""


class DetailMissing(Refusal):
    """An outcome of this type says more. Facts: `type`, `fields`: those that are missing."""


class DetailNotOfType(Refusal):
    """Outcomes of this type have no such fields. Facts: `type`, `fields`, `takes`: those that they have."""


class DetailInvalid(Refusal):
    """A field does not say what it is for. Facts: `type`, `field`, `why`, and what belongs to that."""


class NothingCorrected(Refusal):
    """The correction says what stands there already. Facts: `state`."""


class NotOfTheOutcome(Refusal):
    """The site is none of those that the outcome came from. Facts: `site`, `partners`."""


class DateInTheFuture(Refusal):
    """What is reported cannot have happened yet. Facts: `date`, `today`."""


class AdoptedTooEarly(Refusal):
    """Nobody can use what a visit or a consultation led to before that began. Facts: `date`, `earliest`."""
