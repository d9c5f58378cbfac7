"""Fields of commands about money: bounded text; what it says is judged by the domain, by name."""

from typing import Annotated

from pydantic import StringConstraints

AmountText = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=60)]
"""An amount as text, so that no parser on the way makes a float of it."""
CurrencyCode = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=10)]
"""ISO 4217, such as `CNY`."""
LineId = Annotated[str, StringConstraints(pattern=r"^mln_[0-9a-z-]{1,60}$")]
"""One line of a budget."""
