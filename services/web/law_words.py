"""What law asks between the partners, as people read it."""

from typing import Any

from flask_babel import lazy_gettext as _l

LAW_WORDS: dict[str, dict[str, Any]] = {
    "law": {
        "human-genetic-resources": _l("Human genetic resources"),
        "data-export": _l("Data export"),
        "ethics": _l("Ethics review"),
        "material-transfer": _l("Material transfer"),
        "data-transfer": _l("Data transfer"),
        "licence": _l("Licence"),
    },
}
