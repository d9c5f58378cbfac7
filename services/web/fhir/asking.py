"""What a request asks for besides its resource: who asks, in which format, how strictly, and what it has already."""

from collections.abc import Sequence

from flask import current_app, request

from services.web.fhir.clients import Client, client_with
from services.web.fhir.outcomes import Wrong

JSON = "application/fhir+json"
_TYPES = (JSON, "application/json", "text/json")
_FORMATS = ("json", *_TYPES)
_ANYTHING = ("*/*", "application/*")
FORMAT = "_format"
LONGEST_TOKEN = 200
_CHALLENGE = 'Bearer realm="khunjerab-fhir"'


def clients() -> Sequence[Client]:
    """The app's clients. Raises `Wrong` where there are none: then nothing is served here."""
    found: Sequence[Client] = current_app.extensions["fhir_clients"]
    if not found:
        raise Wrong(404, "not-found", "There is no FHIR service here")
    return found


def asking_client() -> Client:
    """Whose token came along. Raises `Wrong` where none did, or one that nobody has."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    known = clients()
    if kind.lower() != "bearer" or not token.strip():
        raise Wrong(401, "login", "A bearer token is needed", {"WWW-Authenticate": _CHALLENGE})
    client = client_with(token.strip()[:LONGEST_TOKEN], known)
    if client is None:
        challenge = f'{_CHALLENGE}, error="invalid_token"'
        raise Wrong(401, "login", "Nobody has this token", {"WWW-Authenticate": challenge})
    return client


def must_take_json() -> None:
    """Raises `Wrong` for who wants anything else. `_format` goes before what the headers say."""
    if (wanted := request.args.get(FORMAT)) is not None:
        # A + in an address that nobody escaped arrives as a blank.
        served = wanted.partition(";")[0].strip().replace(" ", "+") in _FORMATS
    else:
        served = not request.accept_mimetypes or any(_is_json(*each) for each in request.accept_mimetypes)
    if not served:
        raise Wrong(406, "not-supported", f"Only {JSON} is served")


def is_lenient() -> bool:
    """Whether parameters that are not known are to be passed over (`Prefer: handling=lenient`)."""
    asked = request.headers.get("Prefer", "").replace(";", ",").split(",")
    return "handling=lenient" in (each.strip().lower().replace('"', "") for each in asked)


def parameters() -> list[tuple[str, str]]:
    """Name and value of each parameter, in their order; the format is none of the search's."""
    return [(name, value) for name, value in request.args.items(multi=True) if name != FORMAT]


def _is_json(wanted: str, quality: float) -> bool:
    """Whether somebody who accepts this takes what is served; of another version of FHIR they do not."""
    kind, *said = (part.strip().lower() for part in wanted.split(";"))
    versions = {each.partition("=")[2].strip('"') for each in said if each.startswith("fhirversion=")}
    return quality > 0 and kind in (*_TYPES, *_ANYTHING) and versions <= {"4.0"}
