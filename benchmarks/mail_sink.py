"""A mail server that takes everything and keeps nothing: `python -m benchmarks.mail_sink PORT`.

A process of its own, so that whoever is measured has not to share its interpreter.
"""

import asyncio
import sys
from typing import Any

from aiosmtpd.smtp import SMTP


class Sink:
    async def handle_DATA(self, *_: Any) -> str:  # noqa: N802 (the library's)
        return "250 taken"


async def serve(port: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Sink(), loop=loop, ident="sink"), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
