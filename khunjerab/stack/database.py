"""SecantusDB: MongoDB's wire protocol over WiredTiger, on loopback and with authentication."""

import os
from dataclasses import replace
from urllib.parse import quote

from pymongo import MongoClient

from khunjerab.stack.needs import database_server
from khunjerab.stack.program import Program
from khunjerab.stack.run_directory import RunDirectory
from khunjerab.stack.secrets import ADMINISTRATOR, Secrets
from khunjerab.stack.supervised import Supervised
from khunjerab.stack.waiting import wait_until_ready


def database_program(directory: RunDirectory, secrets: Secrets) -> Program:
    """The server with authentication. `--sync-on-commit`: without it a `kill -9` loses acknowledged writes."""
    port = str(secrets.ports["mongo"])
    storage = str(directory.data("database"))
    options = ("--host", "127.0.0.1", "--port", port, "--storage-path", storage, "--cache-size", "256M")
    argv = (database_server(), "--sync-on-commit", "--auth", *options)
    return Program("database", argv, os.environ, f"tcp://127.0.0.1:{port}")


def mongo_admin_url(secrets: Secrets) -> str:
    """Without the driver's own retries: for each write this server looks through all those of the last half hour.

    Ten thousand writes make the next one ten times as slow; and it forgets them when it ends, as no guarantee may rest
    on them anyway: whoever gives a command asks again under the same id.
    """
    password = quote(secrets.passwords[ADMINISTRATOR], safe="")
    address = f"{ADMINISTRATOR}:{password}@127.0.0.1:{secrets.ports['mongo']}"
    return f"mongodb://{address}/?authSource=admin&retryWrites=false"


def create_administrator(program: Program, directory: RunDirectory, secrets: Secrets) -> None:
    """Runs the server once without authentication, which is the only way to make its first user; once is enough."""
    done = directory.data("database") / ".has-administrator"
    if done.exists():
        return
    open_to_all = replace(program, argv=tuple(part for part in program.argv if part != "--auth"))
    server = Supervised(open_to_all, directory.log("database"))
    server.start()
    try:
        wait_until_ready([server], timeout=20)
        _create_user(secrets)
    finally:
        server.ask_to_stop()
        server.make_stop()
    done.touch()


def _create_user(secrets: Secrets) -> None:
    password = secrets.passwords[ADMINISTRATOR]
    with MongoClient[dict[str, object]](host="127.0.0.1", port=secrets.ports["mongo"]) as client:
        known = client["admin"].command("usersInfo", ADMINISTRATOR)["users"]
        client["admin"].command("updateUser" if known else "createUser", ADMINISTRATOR, pwd=password, roles=["root"])
