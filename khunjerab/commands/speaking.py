"""How the commands speak: results on standard output, everything else on standard error."""

from collections.abc import Iterator
from contextlib import contextmanager

import requests
import typer
from pika.exceptions import AMQPError
from pydantic import ValidationError
from pymongo.errors import PyMongoError
from rich.console import Console

from khunjerab.bootstrap.broker import Mismatch
from khunjerab.bootstrap.broker_api import BrokerRefused
from khunjerab.bootstrap.replica_set import NoReplicaSet
from khunjerab.reach import NotAnAddress
from khunjerab.stack.needs import Missing
from khunjerab.stack.run_directory import AlreadyRunning
from khunjerab.stack.state import NoStack
from khunjerab.stack.waiting import DidNotStart

results = Console()
notes = Console(stderr=True, highlight=False)

_EXPECTED = (
    AlreadyRunning, Missing, NoStack, DidNotStart, Mismatch, BrokerRefused, NoReplicaSet, NotAnAddress,
)  # fmt: skip
_AWAY = (AMQPError, PyMongoError, requests.RequestException)


def give_up(message: str) -> typer.Exit:
    """Says what is wrong in one line; raise the result to end with status 1."""
    notes.print(f"khunjerab: {message}", markup=False, soft_wrap=True)
    return typer.Exit(1)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turns what may go wrong into one line instead of a traceback."""
    try:
        yield
    except _EXPECTED as error:
        raise give_up(str(error)) from error
    except ValidationError as error:
        raise give_up(_missing_settings(error)) from None
    except _AWAY as error:
        raise give_up(f"broker or database: {type(error).__name__}: {str(error).split(',')[0]}") from error


def _missing_settings(error: ValidationError) -> str:
    """Never the values: most of them are passwords."""
    problems = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(f"{'_'.join(map(str, problem['loc'])).upper()}: {problem['msg']}" for problem in problems)
