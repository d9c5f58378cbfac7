"""The guard for what speaks `requests`: a session all of whose requests go through it."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers

from services.notify.adapters.egress.http import GuardedHttp, RequestFailed, Response


class GuardedRequestFailed(requests.ConnectionError):
    """As `RequestFailed` has it: `reason` says why."""

    def __init__(self, failure: RequestFailed, request: requests.PreparedRequest) -> None:
        super().__init__(failure.reason, request=request)
        self.reason = failure.reason


def guarded_session(http: GuardedHttp) -> requests.Session:
    """A session of `requests` that reaches nothing but through the guard: `session.post` takes `requests.post`'s place.

    `verify`, `cert`, `proxies` and `timeout` of a caller count for nothing, `allow_redirects` neither: a redirect is a
    failure. Raises `GuardedRequestFailed`, and whatever else `requests` raises before anything is sent.
    """
    session = requests.Session()
    # Neither proxies nor .netrc.
    session.trust_env = False
    session.adapters.clear()
    # Plain http, too: the guard refuses it by name.
    session.mount("http", _GuardedAdapter(http))
    return session


class _GuardedAdapter(BaseAdapter):
    def __init__(self, http: GuardedHttp) -> None:
        super().__init__()
        self._http = http

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002
        timeout: Any = None,  # noqa: ARG002
        verify: bool | str = True,  # noqa: ARG002
        cert: Any = None,  # noqa: ARG002
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002
    ) -> requests.Response:
        try:
            answer = self._http.request(
                request.method or "GET", request.url or "", _texts(request.headers), _bytes(request.body)
            )
        except RequestFailed as failure:
            raise GuardedRequestFailed(failure, request) from None
        return _as_requests_has_it(answer, request)

    def close(self) -> None:
        """Nothing is kept open."""


def _texts(headers: Mapping[str, Any]) -> dict[str, str]:
    return {name: value.decode("latin-1") if isinstance(value, bytes) else value for name, value in headers.items()}


def _bytes(body: Any) -> bytes:
    if body is None or isinstance(body, bytes):
        return body or b""
    if isinstance(body, str):
        return body.encode()
    raise requests.exceptions.InvalidSchema("a body of bytes or text is needed")


def _as_requests_has_it(answer: Response, request: requests.PreparedRequest) -> requests.Response:
    response = requests.Response()
    response.status_code, response.url, response.request = answer.status, request.url or "", request
    response.headers = CaseInsensitiveDict(answer.headers)
    response.encoding = get_encoding_from_headers(response.headers)
    response.raw = BytesIO(answer.body)
    return response
