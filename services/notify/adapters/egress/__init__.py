"""The one way out to addresses that users typed: `GuardedHttp`, and `guarded_session` for what speaks `requests`.

guard = AddressGuard(allowed=settings.allowed_networks)
http = GuardedHttp(guard, tls_context(settings.webhook_ca_file))
response = http.post("https://hospital.example/hook", {"content-type": "application/json"}, b"{}")

- https alone, the certificate verified against the host's name, whatever a caller asks.
- A name is resolved once; every address that it has must be public, or in a network that the operator allowed.
- The connection goes to the very address that was checked: another answer of the name server changes nothing.
- No redirect is followed. No proxy, password or cookie comes from the environment, a file or an earlier answer.
- Time to connect and time of the whole, bytes of the request and of the answer are bounded.
"""

from services.notify.adapters.egress.guard import AddressGuard, NameNotResolved
from services.notify.adapters.egress.http import GuardedHttp, Limits, RequestFailed, Response, tls_context
from services.notify.adapters.egress.session import guarded_session

__all__ = [
    "AddressGuard",
    "GuardedHttp",
    "Limits",
    "NameNotResolved",
    "RequestFailed",
    "Response",
    "guarded_session",
    "tls_context",
]
