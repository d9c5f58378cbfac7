"""From a call to the application: fields become a command or a question, the call its circumstances."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from chassis.commands import Change, Command, parsed
from chassis.kernel.actor import Actor
from chassis.kernel.context import Context
from chassis.rpc.call import Call

Asked = TypeVar("Asked", bound=Command)
Answer = TypeVar("Answer")


class Asking:
    """Base of a service's RPC class. `application` is what bootstrap built; it has the `clock`."""

    application: Any

    def give(
        self, command: type[Asked], to: Callable[[Asked, Context], Answer], call: Call, fields: Mapping[str, Any]
    ) -> Answer:
        """Gives the command that the fields spell; its answer is nearly always a receipt.

        Raises `InvalidCommand` and whatever is refused.
        """
        given = parsed(command, fields)
        seen = given.expected_version if isinstance(given, Change) else None
        return to(given, call.context(self.application.clock.now(), expected_version=seen))

    def ask(
        self, question: type[Asked], of: Callable[[Asked, Actor], Answer], call: Call, fields: Mapping[str, Any]
    ) -> Answer:
        """Asks the question that the fields spell. Raises `InvalidCommand` and whatever is refused."""
        return of(parsed(question, fields), call.actor)
