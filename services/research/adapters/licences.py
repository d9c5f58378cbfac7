"""Licences that people name by their short identifiers."""

SPDX = "https://spdx.org/licenses/"
_KNOWN = (
    "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-NC-ND-4.0",
    "CC-BY-NC-SA-4.0", "CC-BY-ND-4.0", "CC-BY-SA-4.0", "GPL-2.0-only", "GPL-3.0-only", "GPL-3.0-or-later", "MIT",
    "MPL-2.0", "MulanPSL-2.0", "ODbL-1.0",
)  # fmt: skip
_BY_NAME = {name.lower(): name for name in _KNOWN}


def spdx_of(licence: str) -> str | None:
    """The identifier in SPDX's list; `None` where it is another licence, or told in words.."""
    return _BY_NAME.get(licence.strip().lower().replace(" ", "-"))
