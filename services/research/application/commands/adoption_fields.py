"""Fields of commands that tell of an outcome's use."""

from typing import Annotated

from pydantic import Field, StringConstraints

Count = Annotated[int, Field(strict=True, ge=0, le=10**9)]
"""How many patients or procedures: a number, never who they were."""
Guideline = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
"""Which one; empty for none."""
