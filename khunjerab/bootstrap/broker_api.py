"""The broker's management API, as far as it is needed here."""

from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import requests

TIMEOUT = 30.0


class BrokerRefused(RuntimeError):
    """The management API answered with an error; the message says to what and why."""


class BrokerApi:
    """`url`: http://login:password@host:port. Raises `requests.RequestException` when the broker is away."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._base = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])).rstrip("/")
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy of the environment leads nowhere near this broker
        self._session.auth = (unquote(parts.username or ""), unquote(parts.password or ""))

    def get(self, *path: str, **query: str) -> Any:
        return self._ask("GET", path, params=query).json()

    def post(self, *path: str, body: Any) -> None:
        self._ask("POST", path, json=body)

    def put(self, *path: str, body: Any) -> None:
        self._ask("PUT", path, json=body)

    def delete(self, *path: str) -> None:
        self._ask("DELETE", path)

    def _ask(self, verb: str, path: tuple[str, ...], **more: Any) -> requests.Response:
        where = "/".join(quote(part, safe="") for part in path)
        answer = self._session.request(verb, f"{self._base}/api/{where}", timeout=TIMEOUT, **more)
        if answer.status_code >= 400:
            raise BrokerRefused(f"{verb} /api/{where}: {answer.status_code} {answer.text[:500]}")
        return answer
