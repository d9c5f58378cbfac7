"""Where an installation's broker and database are, and how each login reaches them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

SERVICES = ("exchange", "research", "notify")
LOGINS = (*SERVICES, "web", "operator")
DEFAULT_VHOST = "khunjerab"


@dataclass(frozen=True)
class Backends:
    """A broker and a database, as their administrators reach them.

    `amqp_url` may name a vhost; `broker_api_url` is the management API's; `mongo_admin_url` names no database.
    `replica_set`: the name under which bootstrap makes the database server a set of one member; empty where it is one.
    """

    amqp_url: str = field(repr=False)
    broker_api_url: str = field(repr=False)
    mongo_admin_url: str = field(repr=False)
    replica_set: str = ""


@dataclass(frozen=True)
class Installation:
    """One vhost, one database per login, one password per login for both.

    `prefix` stands before every login and database name, so that several installations share the backends.
    """

    backends: Backends
    passwords: Mapping[str, str] = field(repr=False)
    vhost: str = DEFAULT_VHOST
    prefix: str = ""

    def login(self, name: str) -> str:
        return f"{self.prefix}{name}"

    def database(self, name: str) -> str:
        return f"{self.prefix}{name}"

    def amqp_url(self, login: str) -> str:
        return with_login(self.backends.amqp_url, self.login(login), self.passwords[login], quote(self.vhost, safe=""))

    def mongo_url(self, login: str) -> str:
        """The login's own database, where it is known too (`authSource`); further options as the administrator's."""
        name = self.database(login)
        url = urlsplit(with_login(self.backends.mongo_admin_url, self.login(login), self.passwords[login], name))
        options = dict(parse_qsl(url.query)) | {"authSource": name}
        return urlunsplit(url._replace(query=urlencode(options)))

    def api_url(self, login: str) -> str:
        """The broker's management API, as this login."""
        return with_login(self.backends.broker_api_url, self.login(login), self.passwords[login], "")

    def environment(self, login: str) -> dict[str, str]:
        """What a process of this login needs to reach broker and database."""
        return {"AMQP_URL": self.amqp_url(login), "MONGO_URL": self.mongo_url(login), "DATABASE_PREFIX": self.prefix}


def with_login(url: str, user: str, password: str, path: str) -> str:
    """The same address with another user, password and path."""
    parts = urlsplit(url)
    address = parts.netloc.rpartition("@")[2]
    return urlunsplit(
        parts._replace(netloc=f"{quote(user, safe='')}:{quote(password, safe='')}@{address}", path=f"/{path}")
    )


def vhost_of(amqp_url: str) -> str:
    """The vhost that an address names, or this project's own where it names none."""
    return unquote(urlsplit(amqp_url).path.removeprefix("/")) or DEFAULT_VHOST


def derived_api_url(amqp_url: str) -> str:
    """The management API where it is by default: the broker's host, port 15672, the same user."""
    parts = urlsplit(amqp_url)
    user = f"{parts.username}:{parts.password}@" if parts.username else ""
    return f"http://{user}{parts.hostname}:15672"
