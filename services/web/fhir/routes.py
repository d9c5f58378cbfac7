"""FHIR R4 over HTTP: reads and searches, handed on to the exchange; whatever goes wrong is an OperationOutcome."""

from datetime import datetime
from typing import Any

import orjson
import structlog
from flask import Blueprint, Response, current_app, g, request
from werkzeug.exceptions import HTTPException

from chassis.kernel.actor import OBSERVER, Actor
from services.web.accounts.signing_in import limiter
from services.web.asking import gateway
from services.web.clients import CallTimedOut, Refused, ServiceFailed, ServiceUnavailable
from services.web.fhir.asking import JSON, asking_client, clients, is_lenient, must_take_json, parameters
from services.web.fhir.outcomes import Wrong, outcome, wrong_of
from services.web.security import csrf, public

fhir = Blueprint("fhir", __name__, url_prefix="/fhir")
# A request that would change something is refused as such, and not for want of a token that only our pages have.
csrf.exempt(fhir)

log = structlog.get_logger(__name__)

ANYBODY = Actor("sys_anybody", frozenset({OBSERVER}))
PER_MINUTE = limiter.shared_limit("300 per minute", scope="fhir")
KEPT = "private, no-cache"
"""Nobody's but the reader's, who asks each time whether it still stands."""
RETRY_AFTER = {"Retry-After": "10"}
_TIMEOUT = 10.0


@fhir.get("/metadata", provide_automatic_options=False)
@public
@PER_MINUTE
def metadata() -> Response:
    clients()
    must_take_json()
    return _answered(_asked("fhir_read", ANYBODY, resource_type="CapabilityStatement", id="metadata"))


@fhir.get("/<resource_type>/<resource_id>", provide_automatic_options=False)
@public
@PER_MINUTE
def read(resource_type: str, resource_id: str) -> Response:
    client = asking_client()
    must_take_json()
    resource = _asked("fhir_read", client.actor, resource_type=resource_type, id=resource_id)
    response = _answered(resource)
    if meta := resource.get("meta"):
        response.set_etag(meta["versionId"], weak=True)
        response.last_modified = datetime.fromisoformat(meta["lastUpdated"])
    response.make_conditional(request)
    return response


@fhir.get("/<resource_type>", provide_automatic_options=False)
@public
@PER_MINUTE
def search(resource_type: str) -> Response:
    client = asking_client()
    must_take_json()
    asked = {"resource_type": resource_type, "parameters": parameters(), "lenient": is_lenient()}
    return _answered(_asked("fhir_search", client.actor, **asked))


@fhir.route("/", defaults={"_path": ""}, methods=["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@fhir.route("/<path:_path>", methods=["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@public
@PER_MINUTE
def nothing_else(_path: str) -> Response:
    asking_client()
    if request.method in ("GET", "HEAD"):
        raise Wrong(404, "not-supported", "Resources are read as /Type/id and searched as /Type")
    raise Wrong(405, "not-supported", "The diary is only read here", {"Allow": "GET, HEAD"})


@fhir.errorhandler(Wrong)
def _wrong(wrong: Wrong) -> Response:
    response = _told(outcome(wrong), wrong.status)
    response.headers.update(wrong.headers)
    return response


@fhir.errorhandler(Refused)
def _refused(refused: Refused) -> Response:
    return _wrong(wrong_of(refused))


@fhir.errorhandler(CallTimedOut)
@fhir.errorhandler(ServiceUnavailable)
def _away(_error: Exception) -> Response:
    return _wrong(Wrong(503, "transient", "The diary does not answer just now", RETRY_AFTER))


@fhir.errorhandler(ServiceFailed)
def _failed(failed: ServiceFailed) -> Response:
    return _wrong(Wrong(502, "exception", f"The service met an error: {failed.incident}"))


@fhir.errorhandler(HTTPException)
def _http(error: HTTPException) -> Response:
    code = "throttled" if error.code == 429 else "processing"
    return _wrong(Wrong(error.code or 500, code, error.name, RETRY_AFTER if error.code == 429 else None))


@fhir.errorhandler(Exception)
def _broken(error: Exception) -> Response:
    log.error("fhir broke", error=type(error).__name__, exc_info=error)
    return _wrong(Wrong(500, "exception", "This is our fault"))


def _asked(method: str, actor: Actor, **fields: Any) -> dict[str, Any]:
    base = f"{current_app.config['WEB_URL'].rstrip('/')}/fhir"
    found: dict[str, Any] = gateway().call("exchange", method, fields | {"base": base}, actor=actor, timeout=_TIMEOUT)
    return found


def _answered(resource: dict[str, Any]) -> Response:
    g.cache_control = KEPT
    return _told(resource, 200)


def _told(resource: dict[str, Any], status: int) -> Response:
    return Response(orjson.dumps(resource), status, content_type=f"{JSON}; charset=utf-8")
