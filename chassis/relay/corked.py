"""A broker connection that sends what is published together in one piece."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pika


class CorkedConnection(pika.SelectConnection):  # type: ignore[misc]  # pika has no types
    """pika's connection, whose adapters choose how bytes go out: each frame by itself, three to a message, takes longer
    than all the rest of publishing.
    """

    def __init__(self, *args: Any, **named: Any) -> None:
        self._held: list[bytes] | None = None
        super().__init__(*args, **named)

    @contextmanager
    def corked(self) -> Iterator[None]:
        """Holds back what is sent within, and sends it at the end."""
        held = self._held = []
        try:
            yield
        finally:
            self._held = None
            if held and not self.is_closed:
                self._adapter_emit_data(b"".join(held))

    def _adapter_emit_data(self, data: bytes) -> None:
        if self._held is None:
            super()._adapter_emit_data(data)
        else:
            self._held.append(data)
