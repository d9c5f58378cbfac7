"""An announcement to many people: how soon it is queued for all of them, and how fast it is sent.

Both are measured on what the worker itself runs: the timer's command, and its task of sending mails.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pymongo.database import Database

from benchmarks.figures import Figure, at_least, at_most, beside
from benchmarks.ground import Ground
from benchmarks.mails_alone import FROM, mails_of, seconds_of_smtplib, sink
from benchmarks.sizes import Sizes
from chassis.commands import parsed
from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.ids import derived
from chassis.store import database_at
from chassis.working import Task
from services.notify.adapters.pace_tokens import HmacPaceTokens
from services.notify.application import commands
from services.notify.bootstrap import Notify, sending_mails
from services.notify.settings import MailSettings
from tests.alliance import START, StandingClock
from tests.fakes.webhooks import FakeOutgoing

SECONDS_ALLOWED = 5.0
AIM = 0.8
CONNECTIONS = (1, 4)
WEB_URL = "https://khunjerab.example"
SAID = {
    "title": {"en": "The pass is closed", "zh": "山口关闭", "ur": "درہ بند ہے"},
    "text": {
        "en": "Snow: no buses between Tashkurgan and Sost before Monday.\n\nWho travels now stays where they are. "
        "Your coordinator changes the days of your visit; ask at https://khunjerab.example/help for anything else.",
        "zh": "因降雪，塔什库尔干与苏斯特之间周一前停运班车。\n\n本周出行的人员请留在原地，由联络员更改访问日期。",
        "ur": "برف باری کے باعث پیر سے پہلے تاشقرغان اور سوست کے درمیان بسیں نہیں چلیں گی۔\n\nسفر کرنے والے وہیں رہیں۔",
    },
    "everybody": True,
}
LANGUAGES = ("en", "zh", "ur")
BEYOND_ALL_MAILS = 1_000_000

Store = Database[dict[str, Any]]


def announced(ground: Ground, sizes: Sizes) -> Iterator[Figure]:
    """Queued, beside the same documents only inserted; and sent, beside the same mails by smtplib alone."""
    for connections in CONNECTIONS:
        database = database_at(ground.installation().mongo_url("notify"))
        know(database, sizes.announced)
        queued = _seconds(lambda: _announce(database))  # noqa: B023 (called at once)
        name = f"an announcement to {sizes.announced:,} people"
        if connections == CONNECTIONS[0]:
            yield at_most(f"{name}: queued", queued, "s", "what is allowed", SECONDS_ALLOWED, 1)
            inserted = _seconds_to_insert_again(database)
            yield beside(f"{name}: queued", queued, "s", "the same documents, only inserted", inserted)
        yield _sent(ground, database, name, connections)


def know(database: Store, many: int) -> None:
    """Copies of so many people, who read the three languages in turn."""
    copies = (
        {
            "_id": f"per_{number:032x}",
            "sequence": "0000000001.0",
            "passport_name": f"Colleague {number}",
            "local_name": "",
            "language": LANGUAGES[number % len(LANGUAGES)],
            "zone": "Asia/Karachi",
            "email": f"colleague{number}@hospital.example",
            "sites": ["sit_gilgit"],
            "fields": ["liver echinococcosis"],
        }
        for number in range(many)
    )
    database["people"].insert_many(list(copies))


def _announce(database: Store) -> None:
    """Until a notification is stored for everybody, in as many rounds as a worker needs."""
    notify = Notify(database, StandingClock(), FakeOutgoing().whole, HmacPaceTokens("0" * 32))
    made = notify.announce(parsed(commands.Announce, SAID), Context(derived("snow"), SYSTEM, START))
    while notify.stores.announcements.load(made.id).state.state != "told":
        assert sum(timers.run_due() for timers in notify.timers)


def _seconds_to_insert_again(database: Store) -> float:
    """Everything in one call, into a collection with the same indexes."""
    documents, again = list(database["notifications"].find()), database["again"]
    for name, index in database["notifications"].index_information().items():
        if name != "_id_":
            again.create_index(index["key"], name=name, sparse=index.get("sparse", False))
    began = time.perf_counter()
    again.insert_many(documents, ordered=False)
    return time.perf_counter() - began


def _sent(ground: Ground, database: Store, name: str, connections: int) -> Figure:
    mails = mails_of(database, StandingClock(), WEB_URL)
    with sink(ground.directory / f"sink-{connections}") as port:
        alone = len(mails) / seconds_of_smtplib(mails, port, connections)
        ours = len(mails) / _seconds(lambda: _send(database, port, connections))
    peer = "smtplib alone, the same mails and as many connections"
    return at_least(f"{name}: sent by {connections} connections", ours, "/s", peer, alone, AIM)


def _send(database: Store, port: int, connections: int) -> None:
    settings = MailSettings(
        amqp_url="amqp://nobody@127.0.0.1/",
        mongo_url="mongodb://127.0.0.1/",
        smtp_host="127.0.0.1",
        smtp_port=port,
        smtp_connections=connections,
        # Counted all the same, as they are where somebody set them higher.
        person_messages_per_hour=BEYOND_ALL_MAILS,
        domain_mails_per_minute=BEYOND_ALL_MAILS,
        smtp_from=FROM,
        web_url=WEB_URL,
        reply_link_key="0" * 32,
    )
    tasks = sending_mails(database, StandingClock(), settings)
    with ThreadPoolExecutor(len(tasks)) as pool:
        list(pool.map(_until_nothing_is_due, tasks))
    unsent = database["notifications"].count_documents({"deliveries.state": {"$ne": "sent"}})
    assert unsent == 0, f"{unsent} were not sent"


def _until_nothing_is_due(task: Task) -> None:
    while task.once():
        pass


def _seconds(what: Callable[[], Any]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began
