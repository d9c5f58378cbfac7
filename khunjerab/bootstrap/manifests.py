"""What the services of this installation say about themselves."""

from chassis.manifest import Manifest
from services.exchange.manifest import MANIFEST as EXCHANGE
from services.notify.manifest import MANIFEST as NOTIFY
from services.research.manifest import MANIFEST as RESEARCH
from services.web.manifest import MANIFEST as WEB

SERVICES: tuple[Manifest, ...] = (EXCHANGE, RESEARCH, NOTIFY)
"""Those with events and RPC."""

WITH_DATABASE: tuple[Manifest, ...] = (*SERVICES, WEB)
