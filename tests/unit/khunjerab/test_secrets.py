"""Ports and passwords of a stack."""

import socket
from pathlib import Path

from khunjerab.stack.run_directory import RunDirectory
from khunjerab.stack.secrets import BACKEND_PORTS, load_secrets


def test_a_second_start_has_the_same_ports_and_passwords(tmp_path: Path) -> None:
    first = load_secrets(RunDirectory(tmp_path), BACKEND_PORTS)
    assert load_secrets(RunDirectory(tmp_path), BACKEND_PORTS) == first
    assert len(set(first.ports.values())) == len(BACKEND_PORTS)


def test_only_the_owner_reads_them(tmp_path: Path) -> None:
    load_secrets(RunDirectory(tmp_path), BACKEND_PORTS)
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_a_port_that_somebody_took_meanwhile_is_replaced(tmp_path: Path) -> None:
    first = load_secrets(RunDirectory(tmp_path), BACKEND_PORTS)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", first.ports["amqp"]))
        taken.listen()
        second = load_secrets(RunDirectory(tmp_path), BACKEND_PORTS)
    assert second.ports["amqp"] != first.ports["amqp"]
    assert second.ports["mongo"] == first.ports["mongo"]


def test_passwords_do_not_show_when_printed(tmp_path: Path) -> None:
    made = load_secrets(RunDirectory(tmp_path), BACKEND_PORTS)
    assert made.passwords["exchange"] not in repr(made)
