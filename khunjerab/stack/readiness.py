"""Whether a process answers."""

import http.client
import socket
from urllib.parse import urlsplit


def answers(url: str, timeout: float = 1.0) -> bool:
    """Whether `tcp://host:port` accepts a connection, or `http://…` answers with status 200."""
    parts = urlsplit(url)
    host, port = parts.hostname or "127.0.0.1", parts.port or 80
    try:
        return _accepts(host, port, timeout) if parts.scheme == "tcp" else _is_ok(host, port, parts.path, timeout)
    except (OSError, http.client.HTTPException):
        return False


def _accepts(host: str, port: int, timeout: float) -> bool:
    with socket.create_connection((host, port), timeout):
        return True


def _is_ok(host: str, port: int, path: str, timeout: float) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=timeout)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    finally:
        connection.close()
