"""A signed-in browser on the application with fakes."""

import pytest

from services.web.accounts.signing_in import limiter
from tests.unit.web.browser import Browser
from tests.web_app import Web


@pytest.fixture
def web() -> Web:
    made = Web()
    with made.app.app_context():
        limiter.reset()
    return made


@pytest.fixture
def stranger(web: Web) -> Browser:
    """A browser in which nobody is signed in."""
    return Browser(web)


@pytest.fixture
def browser(web: Web) -> Browser:
    """A browser in which the coordinator of Kashgar is signed in."""
    opened = Browser(web)
    opened.sign_in()
    return opened
