"""Which process the command line asks for."""

import subprocess
import sys

import pytest

from chassis.roles import RELAY, TRY, WORKER, asked_role

PROGRAM = (
    "from chassis.roles import asked_role; asked_role(['{role}']); import socket, json; print(json.dumps({check}))"
)
PATCHED = "socket.socket.__module__.startswith('eventlet')"


@pytest.mark.parametrize("role", [RELAY, WORKER, TRY])
def test_a_role_is_named_by_the_one_argument(role: str) -> None:
    assert asked_role([role]) == role


@pytest.mark.parametrize("arguments", [[], ["fly"], ["relay", "worker"], ["--help"]])
def test_anything_else_ends_the_program_and_says_what_is_needed(arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match="serve, relay, worker, try"):
        asked_role(arguments)


@pytest.mark.parametrize(("role", "is_patched"), [("serve", "true"), ("relay", "false"), ("worker", "false")])
def test_only_the_serving_process_is_patched_for_eventlet(role: str, is_patched: str) -> None:
    program = PROGRAM.format(role=role, check=PATCHED)
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == is_patched


def test_the_serving_process_looks_names_up_anew_each_time() -> None:
    """eventlet's own resolver would go on with a broker's old address for as long as the name server allows."""
    program = PROGRAM.format(role="serve", check="socket.getaddrinfo.__module__")
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == '"socket"'


@pytest.mark.parametrize("service", ["exchange", "research"])
def test_a_process_without_its_settings_says_which_are_missing(service: str) -> None:
    command = [sys.executable, "-m", f"services.{service}", "relay"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env={})
    assert run.returncode == 1
    assert "AMQP_URL" in run.stderr
    assert "MONGO_URL" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("service", ["exchange", "research", "notify"])
def test_a_relay_starts_without_what_its_service_decides_with(service: str) -> None:
    command = [sys.executable, "-X", "importtime", "-m", f"services.{service}", "relay"]
    imported = subprocess.run(command, capture_output=True, text=True, check=False, env={}).stderr
    assert f"services.{service}.manifest" in imported
    assert f"services.{service}.bootstrap" not in imported


@pytest.mark.parametrize("service", ["exchange", "research"])
def test_relay_and_worker_do_not_pay_for_nameko(service: str) -> None:
    program = (
        f"import services.{service}.bootstrap, chassis.processes, sys;"
        "print([name for name in ('nameko', 'kombu') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
