"""A private RabbitMQ node from the system's package, on loopback alone."""

import os
from pathlib import Path

from khunjerab.stack.needs import epmd, rabbitmq_server
from khunjerab.stack.program import Program
from khunjerab.stack.run_directory import RunDirectory
from khunjerab.stack.secrets import ADMINISTRATOR, Secrets

_CONFIGURATION = """\
listeners.tcp.1 = 127.0.0.1:{amqp}
management.tcp.ip = 127.0.0.1
management.tcp.port = {api}
default_user = {user}
default_pass = {password}
log.file = false
log.console = true
log.console.level = info
"""

_ERLANG_ARGUMENTS = " ".join(
    (
        "-kernel inet_dist_use_interface {127,0,0,1}",  # else distribution listens on every address
        "-noinput +B i",  # no shell, and Ctrl-C is the supervisor's affair
        "-shutdown_time 2000",  # all is on disk within 0.1 s; the management agent then waits 5 s for nothing
    )
)


def broker_programs(directory: RunDirectory, secrets: Secrets) -> tuple[Program, Program]:
    """Erlang's port mapper, of its own so that it ends with the stack, and the node. Raises `Missing`."""
    home = directory.data("broker")
    environment = _environment(home, secrets.ports) | {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    _write_configuration(home, secrets)
    mapper = (epmd(), "-address", "127.0.0.1", "-port", str(secrets.ports["epmd"]))
    return (
        Program("epmd", mapper, environment, f"tcp://127.0.0.1:{secrets.ports['epmd']}", patience=1),
        Program("broker", (rabbitmq_server(),), environment, f"tcp://127.0.0.1:{secrets.ports['amqp']}", patience=5),
    )


def _write_configuration(home: Path, secrets: Secrets) -> None:
    text = _CONFIGURATION.format(
        amqp=secrets.ports["amqp"],
        api=secrets.ports["broker-api"],
        user=ADMINISTRATOR,
        password=secrets.passwords[ADMINISTRATOR],
    )
    configuration = home / "rabbitmq.conf"
    configuration.touch(mode=0o600)
    configuration.write_text(text)
    (home / "enabled_plugins").write_text("[rabbitmq_management].\n")


def _environment(home: Path, ports: dict[str, int]) -> dict[str, str]:
    return {
        "HOME": str(home),  # Erlang's cookie
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "ERL_EPMD_PORT": str(ports["epmd"]),
        "RABBITMQ_ALLOW_INPUT": "1",  # the script then becomes the node instead of waiting beside it
        "RABBITMQ_CONFIG_FILE": str(home / "rabbitmq.conf"),
        "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        "RABBITMQ_DIST_PORT": str(ports["broker-distribution"]),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "enabled_plugins"),
        "RABBITMQ_LOG_BASE": str(home / "log"),
        "RABBITMQ_LOGS": "-",
        "RABBITMQ_MNESIA_BASE": str(home / "mnesia"),
        "RABBITMQ_NODENAME": "khunjerab@localhost",
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": _ERLANG_ARGUMENTS,
    }
