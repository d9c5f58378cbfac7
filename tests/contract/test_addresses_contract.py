"""What addresses promise in memory and in the database: one for each person and channel, whole again when read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet

from chassis.commands import parsed
from chassis.kernel.actor import VISITOR, Actor
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from chassis.seals import FernetSeals
from chassis.store import database_at
from chassis.timers import Timers
from services.notify.adapters.address_store import AddressStore
from services.notify.adapters.chat import ChatWords
from services.notify.application import commands
from services.notify.application.chat import Addresses, confirmed
from services.notify.domain.channels import RINGING
from services.notify.domain.chat.address import SEND_CODE, address_id
from services.notify.domain.chat.fields import unsealed
from services.notify.domain.chat.refusals import CodeWrong
from services.notify.manifest import MANIFEST
from tests.alliance import StandingClock
from tests.fakes import chat
from tests.fakes.chat import FIELDS, KeepingMessenger
from tests.fakes.notify import FakePeople
from tests.fakes.sealing import KEY, seals
from tests.unit.notify.samples import NOW

SELF = Actor("per_ali", frozenset({VISITOR}))
SEALS = seals()


@pytest.fixture(params=["in memory", pytest.param("in the database", marks=pytest.mark.broker)])
def addresses(request: pytest.FixtureRequest) -> Addresses:
    if request.param == "in memory":
        return chat.addresses()
    installation = request.getfixturevalue("make_installation")([replace(MANIFEST, subscribes_to=())])
    database = database_at(installation.mongo_url("notify"))
    return AddressStore(database["addresses"])


def added(addresses: Addresses, channel: str, minute: int = 0, command: str = "") -> int:
    given = parsed(commands.AddAddress, {"address": {"channel": channel, **FIELDS[channel]}})
    context = Context(command or derived(channel, str(minute)), SELF, NOW + timedelta(minutes=minute))
    return commands.add_address(given, context, addresses, RINGING, SEALS, lambda: "482915").version


def entered(addresses: Addresses, channel: str, code: str) -> str:
    command = parsed(commands.ConfirmAddress, {"channel": channel, "code": code})
    return commands.confirm_address(command, Context(derived(channel, code), SELF, NOW), addresses, SEALS).state


def test_there_is_one_for_each_channel_and_the_later_holds(addresses: Addresses) -> None:
    assert [added(addresses, "wecom"), added(addresses, "sms"), added(addresses, "wecom", minute=2)] == [1, 1, 2]


def test_the_same_command_again_makes_no_second_one(addresses: Addresses) -> None:
    assert [added(addresses, "wecom", command="a" * 32) for _ in range(2)] == [1, 1]


def test_an_address_is_whole_again_when_it_is_read(addresses: Addresses) -> None:
    added(addresses, "dingtalk")
    assert entered(addresses, "dingtalk", "482915") == "confirmed"
    kept = confirmed("per_ali", RINGING, addresses)["dingtalk"]
    assert unsealed(kept.sealed, SEALS) == FIELDS["dingtalk"]


def test_a_wrong_code_is_counted_although_it_is_refused(addresses: Addresses) -> None:
    added(addresses, "wecom")
    for code in ("000001", "000002"):
        with pytest.raises(CodeWrong):
            entered(addresses, "wecom", code)
    kept = addresses.load(address_id("per_ali", "wecom")).state.code
    assert kept is not None
    assert kept.tries == 2


def test_behind_a_new_key_an_address_is_sealed_anew_once_and_the_old_key_can_go(addresses: Addresses) -> None:
    added(addresses, "sms")
    entered(addresses, "sms", "482915")
    new = Fernet.generate_key().decode()
    both = FernetSeals([new, KEY])
    assert [commands.reseal_addresses(addresses, both, NOW) for _ in range(2)] == [1, 0]
    kept = confirmed("per_ali", RINGING, addresses)["sms"]
    assert unsealed(kept.sealed, FernetSeals([new])) == FIELDS["sms"]


@pytest.mark.broker
def test_a_code_is_sent_by_a_timer_once(make_installation: Callable[..., object]) -> None:
    installation = make_installation([replace(MANIFEST, subscribes_to=())])
    collection = database_at(installation.mongo_url("notify"))["addresses"]  # type: ignore[attr-defined]
    kept: Addresses = AddressStore(collection)
    messenger, writer, people = KeepingMessenger(), ChatWords(), FakePeople()

    def send(document: str, context: Context) -> None:
        commands.send_code(document, context, kept, people, SEALS, writer, messenger)

    added(kept, "wecom")
    timers = Timers(collection, {SEND_CODE: send}, StandingClock(NOW))
    assert [timers.run_due(), timers.run_due()] == [1, 0]
    assert [messenger.code, len(messenger.given)] == ["482915", 1]
    assert entered(kept, "wecom", messenger.code) == "confirmed"
