"""A hospital's own system: told of visits by a signed webhook, over TLS on this machine, and believing nothing else."""

import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path

import orjson
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from standardwebhooks import Webhook, WebhookVerificationError

HERE = "127.0.0.1"
VALID = timedelta(days=2)


@dataclass
class OtherSystem:
    """`told`: the types of the events that were signed as agreed, by their ids; `refused`: how many were not.

    Raises `KeyError` where it is told something before it knows the `secret`.
    """

    certificate: Path
    secret: str = ""
    told: dict[str, str] = field(default_factory=dict)
    refused: int = 0

    @property
    def url(self) -> str:
        return f"https://{HERE}:{self._server.server_port}/khunjerab"

    @property
    def settings(self) -> dict[str, str]:
        """What notify has to know to speak to a system on this machine."""
        return {"WEBHOOK_ALLOWED_NETWORKS": "127.0.0.0/8", "WEBHOOK_CA_FILE": str(self.certificate)}

    def start(self) -> None:
        """Answers in threads until the program ends."""
        self._server = ThreadingHTTPServer((HERE, 0), self._handler())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def hear(self, body: bytes, headers: dict[str, str]) -> int:
        """Takes what is signed as agreed, each once; returns the HTTP status to answer with."""
        try:
            Webhook(self.secret).verify(body.decode(), headers)
        except WebhookVerificationError:
            self.refused += 1
            return 401
        self.told[headers["webhook-id"]] = orjson.loads(body)["type"]
        return 204

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        system = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(system.hear(body, {name.lower(): value for name, value in self.headers.items()}))
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def system_in(directory: Path) -> OtherSystem:
    """One with a certificate of its own, kept in the directory with its key, answering."""
    directory.mkdir(parents=True, exist_ok=True)
    made = OtherSystem(directory / "other-system.pem")
    made.certificate.touch(mode=0o600)
    made.certificate.write_bytes(_certificate())
    with suppress(PermissionError):
        made.certificate.chmod(0o600)
    made.start()
    return made


def _certificate() -> bytes:
    """A key and a certificate that it signs itself, for this machine alone."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HERE)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - VALID)
        .not_valid_after(now + VALID)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(HERE))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return secret + certificate.public_bytes(serialization.Encoding.PEM)
