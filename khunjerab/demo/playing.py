"""Plays the demo: starts the stack, loads the memorandum, plays the story, shows it, checks it."""

import secrets
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from urllib.parse import urlsplit

from pymongo import MongoClient

from chassis.clock import DemoClock
from chassis.failed_events import COLLECTION
from chassis.rpc.client import RpcClient
from chassis.store import database_at
from khunjerab.demo.check import Check
from khunjerab.demo.checks import Traces, checks
from khunjerab.demo.listening import Heard, listen
from khunjerab.demo.mailbox import received
from khunjerab.demo.memorandum import Memorandum, load_memorandum
from khunjerab.demo.other_system import OtherSystem, system_in
from khunjerab.demo.running import demo_stack, fresh_directory
from khunjerab.demo.stage import PATIENCE, Stage
from khunjerab.demo.story import Story
from khunjerab.demo.telling import console, tell_act, tell_check, tell_end, tell_files, tell_mails, tell_way_in
from khunjerab.installation import SERVICES
from khunjerab.reach import Reach, reach_of
from khunjerab.stack.run_directory import RunDirectory
from khunjerab.stack.state import running_installation
from services.web.accounts import AccountStore


def play(*, keep: bool) -> bool:
    """Plays the whole demo; returns whether every expected effect came."""
    directory = fresh_directory(RunDirectory.default())
    console.print("starting broker, database and all processes")
    system = system_in(directory.root)
    with demo_stack(directory, system.settings, keep=keep) as state:
        there, clock = reach_of(running_installation(directory)), DemoClock(directory.clock)
        with closing(RpcClient(there.amqp_url, caller="operator")) as rpc:
            return _played(rpc, there, clock, directory, system, state["web_url"], keep=keep)


def _played(
    rpc: RpcClient,
    there: Reach,
    clock: DemoClock,
    directory: RunDirectory,
    system: OtherSystem,
    web_url: str,
    *,
    keep: bool,
) -> bool:
    heard, password = listen(there.amqp_url), secrets.token_urlsafe(9)
    memorandum = load_memorandum(rpc, clock.now().date())
    _open_accounts(memorandum, there, password)
    printed, places = directory.root / "printed", _places(rpc, memorandum)
    stage = Stage(memorandum, password, web_url, clock, rpc, printed, system, places)
    _tell(Story(stage), heard)
    mails = partial(received, directory.mailbox)
    traces = Traces(
        events=lambda: list(heard.types),
        mails=mails,
        dead_letters=lambda: _dead_letters(there),
    )
    came = [_holds(check) for check in checks(stage, traces)]
    tell_mails(mails())
    tell_files(stage.printed)
    tell_end(came=all(came))
    if keep:
        tell_way_in(f"{web_url}/visits/{stage.ids['visit']}", memorandum.email("ali"), password, directory)
    return all(came)


def _tell(story: Story, heard: Heard) -> None:
    for act in story.acts():
        before = len(heard.types)
        story.stage.said.clear()
        act.play()
        _settled(lambda: len(heard.types))
        news = [event_type for event_type in heard.types[before:] if not event_type.startswith("notify.")]
        tell_act(f"{story.stage.today()}", act, story.stage.memorandum, story.stage.said, news)


def _settled(count: Callable[[], int]) -> None:
    """Waits until events have come and no more come, so that each act shows its own; at most a second or so."""
    quiet_since, last, deadline = time.monotonic(), count(), time.monotonic() + 2.0
    while time.monotonic() < deadline and time.monotonic() - quiet_since < 0.4:
        time.sleep(0.02)
        if count() != last:
            last, quiet_since = count(), time.monotonic()


def _holds(check: Check) -> bool:
    deadline = time.monotonic() + PATIENCE
    while (saw := check.ask()) != check.wanted and time.monotonic() < deadline:
        time.sleep(0.1)
    tell_check(check.what, holds=saw == check.wanted, saw=saw, wanted=check.wanted)
    return bool(saw == check.wanted)


def _open_accounts(memorandum: Memorandum, there: Reach, password: str) -> None:
    web = urlsplit(there.mongo_url)._replace(path=f"/{there.database('web')}").geturl()
    accounts = AccountStore(database_at(web))
    for key, person in memorandum.sample["people"].items():
        actor = memorandum.actor(key)
        accounts.add(person["email"], password, memorandum.person(key), actor.roles, actor.sites, person["language"])


def _places(rpc: RpcClient, memorandum: Memorandum) -> dict[str, str]:
    """The ids of the conditions and the host department that the story is about."""
    wanted, actor = memorandum.sample["visit"], memorandum.actor("ali")
    agreement = rpc.call("exchange", "agreement", {"agreement_id": memorandum.agreement}, actor=actor)
    sites = rpc.call("exchange", "sites", {}, actor=actor)["items"]
    departments = [department for site in sites for department in site["departments"]]
    named = next(each["id"] for each in departments if each["names"]["en"] == wanted["host_department"])
    consulting = next(each["id"] for each in agreement["conditions"] if each["kind"] == "consultation")
    condition = agreement["conditions"][wanted["condition"]]["id"]
    return {"condition": condition, "consulting": consulting, "department": named}


def _dead_letters(there: Reach) -> int:
    with MongoClient[dict[str, object]](there.mongo_url) as client:
        databases = [client[there.database(service)] for service in SERVICES]
        return sum(database[COLLECTION].count_documents({}) for database in databases)
