"""What the protocol answers where it cannot answer as asked: an error of its own by its code, never a refusal."""

from dataclasses import dataclass

BAD_VERB, BAD_ARGUMENT, BAD_TOKEN = "badVerb", "badArgument", "badResumptionToken"
NO_SUCH_FORMAT, NO_SUCH_ID = "cannotDisseminateFormat", "idDoesNotExist"
NOTHING, NO_FORMATS = "noRecordsMatch", "noMetadataFormats"


@dataclass(frozen=True)
class Wrong(Exception):
    """`code`: of the protocol. Its `noSetHierarchy` is never told: there are sets."""

    code: str
    says: str
