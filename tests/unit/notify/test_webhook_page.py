"""What docs/notify/webhooks.md tells a receiver's engineer is so: its example runs, its figures hold."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.notify.adapters.egress import Limits
from services.notify.adapters.webhook_courier import SecretMaker, signed
from services.notify.application.webhooks import Posting
from services.notify.bootstrap.worker import AT_A_TIME
from services.notify.domain.webhooks import circuit, delivery
from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs/notify/webhooks.md").read_text("utf-8")
SECRET = SecretMaker().new()
BODY = '{"id": "e1"}'

Take = Callable[[str, dict[str, str], bytes, set[str]], tuple[int, dict[str, Any] | None]]


@pytest.fixture
def take() -> Take:
    """The example on the page."""
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, Any] = {}
    exec(example, names)  # noqa: S102 (our own page)
    taking: Take = names["take"]
    return taking


def headers(secret: str = SECRET, off: timedelta = timedelta()) -> dict[str, str]:
    return signed(Posting("whd_1", "", BODY, (secret,)), datetime.now(UTC) + off)


def test_the_example_takes_an_event_once(take: Take) -> None:
    seen: set[str] = set()
    assert take(SECRET, headers(), BODY.encode(), seen) == (204, {"id": "e1"})
    assert take(SECRET, headers(), BODY.encode(), seen) == (204, None)


@pytest.mark.parametrize(
    ("given", "body"),
    [
        (headers(SecretMaker().new()), BODY),
        (headers(), BODY + " "),
        (headers(off=timedelta(minutes=-6)), BODY),
        (headers() | {"webhook-id": "whd_2"}, BODY),
        ({}, BODY),
    ],
    ids=["another secret", "another body", "long ago", "another id", "no headers"],
)
def test_the_example_refuses_what_is_not_ours(given: dict[str, str], body: str, take: Take) -> None:
    assert take(SECRET, given, body.encode(), set()) == (400, None)


def test_the_page_s_figures_are_those_of_the_code() -> None:
    units = {"s": "seconds", "min": "minutes", "h": "hours"}
    told = re.search(r"tried again\*\*: after (.*?)\.", PAGE)
    assert told
    pauses = re.findall(r"(\d+) (s|min|h)\b", told[1])
    assert tuple(timedelta(**{units[unit]: int(number)}) for number, unit in pauses) == delivery.PAUSES
    assert [pause.seconds // 60 for pause in circuit.PAUSES] == [1, 5, 15, 30]
    assert (timedelta(5), 20, timedelta(5)) == (circuit.GIVEN_UP_AFTER, circuit.FEWEST_FAILURES, delivery.PATIENCE)
    assert (Limits().connect_seconds, Limits().seconds, Limits().answer_bytes) == (5, 10, 64 << 10)
    assert {state: kept.days for state, kept in delivery.KEPT.items()} == {
        "delivered": 30, "undelivered": 90, "not_sent": 30,
    }  # fmt: skip
    assert AT_A_TIME == 4
