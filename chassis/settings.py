"""What a process is told by its environment: read once, at start, and nowhere else."""

from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

Settings = TypeVar("Settings", bound=BaseSettings)


class ServiceSettings(BaseSettings):
    """What every process of a service needs. A field's environment variable is its name in capitals.

    `amqp_url`: amqp://login:password@host:port/vhost. `mongo_url`: names the database, too.
    `health_port`: 0 turns the probes and metrics off.
    `khunjerab_demo` and `khunjerab_clock_file`: a demo moves its clock by the seconds in that file.
    """

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    amqp_url: str
    mongo_url: str
    health_host: str = "127.0.0.1"
    health_port: int = 0
    log_level: str = "INFO"
    khunjerab_demo: bool = False
    khunjerab_clock_file: Path | None = None


def read(kind: type[Settings]) -> Settings:
    """The settings from the environment. Ends the program, naming each variable that is missing or wrong."""
    try:
        return kind()
    except ValidationError as error:
        # Never the values: most of them are addresses with passwords in them.
        raise SystemExit("\n".join(_complaints(error))) from None


def _complaints(error: ValidationError) -> list[str]:
    return [
        f"{'_'.join(map(str, problem['loc'])).upper()}: {problem['msg']}"
        for problem in error.errors(include_input=False, include_url=False, include_context=False)
    ]
