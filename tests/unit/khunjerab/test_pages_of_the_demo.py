"""How the demo reads the pages that it opens."""

from typing import Any

import pytest
import requests

from khunjerab.demo.pages import Browser, PageRefused

REFUSED = """
<main><p>Before.</p><div class="notice" role="alert"><svg><path d="M1 1"/></svg>
<div><p><b>This gate needs evidence.</b></p></div></div><p>After.</p>
<form method="post" action="/outcomes/out_1/gate"><input name="gate" value="evaluation"></form></main>
"""


def answering(monkeypatch: pytest.MonkeyPatch, status: int, text: str) -> Browser:
    def get(_session: requests.Session, url: str, **_: Any) -> requests.Response:
        response = requests.Response()
        response.status_code, response.url, response._content = status, url, text.encode()
        return response

    monkeypatch.setattr(requests.Session, "get", get)
    return Browser("http://web.example")


def test_what_a_page_refuses_is_told_by_its_alert_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PageRefused) as refused:
        answering(monkeypatch, 409, REFUSED).open("/outcomes/out_1")
    assert refused.value.page.alert == "This gate needs evidence."
    assert "After." in refused.value.page.text


def test_a_page_that_refuses_nothing_has_no_alert(monkeypatch: pytest.MonkeyPatch) -> None:
    page = answering(monkeypatch, 200, REFUSED.replace(' role="alert"', "")).open("/outcomes/out_1")
    assert page.alert == ""
    assert page.form("/gate").fields == [("gate", "evaluation")]
