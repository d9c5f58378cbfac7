"""Words that several parts of the domain use."""

from collections.abc import Mapping
from typing import Literal

Names = Mapping[Literal["en", "zh", "ur"], str]
"""One name per language; English is always there."""

Texts = Mapping[Literal["en", "zh", "ur"], str]
"""One text per language, in those languages that there are."""
