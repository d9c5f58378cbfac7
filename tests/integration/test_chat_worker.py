"""The worker's tasks for chats and telephones, on the database: from a code that is entered to a text that arrives."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pymongo.database import Database

from chassis.commands import parsed
from chassis.kernel.actor import VISITOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from chassis.store import database_at
from chassis.working import Task
from services.notify.adapters.address_store import new_code
from services.notify.adapters.writer import TemplateWriter
from services.notify.application import commands
from services.notify.application.digesting import Digesting
from services.notify.application.email import Email
from services.notify.application.reactions import keep_person, notify_of
from services.notify.application.sending import Sending
from services.notify.bootstrap.chat import OLD_KEYS, sending_texts
from services.notify.bootstrap.stores import Stores, gate_of, lookup_in, stores_on
from services.notify.domain.channels import EMAIL, RINGING
from services.notify.manifest import MANIFEST
from tests.alliance import StandingClock
from tests.fakes.chat import FIELDS, KeepingMessenger
from tests.fakes.notify import NO_LIMITS, KeepingPostman, turnstile_with
from tests.fakes.sealing import seals
from tests.fixtures.installations import MakeInstallation
from tests.unit.notify.samples import told_of

DAY = datetime(2026, 2, 3, 6, 0, tzinfo=UTC)
EVENT = "research.outcome.advanced.v2"
ME = str(told_of(EVENT)[1].model_dump()["responsible"])
CLOCK, SEALS = StandingClock(DAY), seals()

pytestmark = pytest.mark.broker


@pytest.fixture
def database(make_installation: MakeInstallation) -> Database[dict[str, Any]]:
    installation = make_installation([replace(MANIFEST, subscribes_to=())])
    return database_at(installation.mongo_url("notify"))


def by_me(command: str) -> Context:
    return Context(derived(command), Actor(ME, frozenset({VISITOR})), DAY)


def has_wecom(stores: Stores, messenger: KeepingMessenger, codes: Task) -> None:
    """Adds an address, enters the code that comes, and chooses the channel."""
    given = parsed(commands.AddAddress, {"address": {"channel": "wecom", **FIELDS["wecom"]}})
    commands.add_address(given, by_me("add"), stores.addresses, RINGING, SEALS, new_code)
    assert codes.once() == 1
    entered = parsed(commands.ConfirmAddress, {"channel": "wecom", "code": messenger.code})
    commands.confirm_address(entered, by_me("confirm"), stores.addresses, SEALS)
    wanted = parsed(commands.SetPreferences, {"otherwise": {"wecom": "at-once"}})
    commands.set_preferences(wanted, by_me("prefer"), stores.preferences, stores.addresses)


def test_a_text_goes_by_its_channels_own_task_once(database: Database[dict[str, Any]]) -> None:
    stores, messenger, postman = stores_on(database), KeepingMessenger(), KeepingPostman()
    made = sending_texts(database, CLOCK, "https://khunjerab.example", SEALS, messenger, NO_LIMITS)
    tasks = {task.name: task for task in made}
    assert tasks.keys() == RINGING | {"codes", OLD_KEYS}
    keep_person(*told_of("exchange.person.changed.v1", envelope={"subject": f"person/{ME}"}, person=ME), stores.people)  # type: ignore[arg-type]
    has_wecom(stores, messenger, tasks["codes"])
    notify_of([told_of(EVENT)], stores.notifications, DAY)
    digesting = Digesting(stores.notifications, stores.digests, stores.escalations)
    carrier = Email(TemplateWriter(), postman)
    gate, turnstile = gate_of(stores, CLOCK), turnstile_with()
    lookup = lookup_in(stores)
    Sending(EMAIL, stores.notifications, lookup, carrier, digesting, CLOCK, gate=gate, turnstile=turnstile).send_due()
    assert [tasks[name].once() for name in ("sms", "wecom", "wecom")] == [0, 1, 0]
    _, text = messenger.given
    assert text.fields == FIELDS["wecom"]
    assert text.body.splitlines()[-1].startswith("https://khunjerab.example/outcomes/out_")
    assert postman.taken == []
    (found,) = stores.notifications.inbox(ME, after=None, limit=5)
    assert [(each.channel, each.state) for each in found.state.deliveries] == [("wecom", "sent")]
