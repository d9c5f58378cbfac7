"""What stands in for `requests` within a plugin: it posts to one host, through the guard, and keeps what came of it."""

from typing import Any
from urllib.parse import urlsplit

import requests

from services.notify.adapters.egress import GuardedHttp, guarded_session


class AnotherPlace(requests.RequestException):
    """A plugin wants to speak to a host that is not its own."""


class OnePlace:
    """Has no more of `requests` than the plugins need. For one thread at a time."""

    codes = requests.codes
    RequestException = requests.RequestException

    def __init__(self, host: str, http: GuardedHttp) -> None:
        self._host, self._session = host, guarded_session(http)
        self._came: requests.Response | requests.RequestException | None = None

    def post(self, url: str, **given: Any) -> requests.Response:
        """As `requests.post`. Raises `requests.RequestException`, of which `AnotherPlace` is one."""
        try:
            response = self._posted(url, given)
        except requests.RequestException as error:
            self._came = error
            raise
        self._came = response
        return response

    def what_came(self) -> requests.Response | requests.RequestException | None:
        """The answer to the last request since this was asked, or why there was none; nothing where none was made."""
        came, self._came = self._came, None
        return came

    def _posted(self, url: str, given: dict[str, Any]) -> requests.Response:
        place = urlsplit(url)
        if (place.scheme, place.netloc) != ("https", self._host):
            raise AnotherPlace(place.netloc)
        return self._session.post(url, **given)
