"""What tests of consultations start from."""

import pytest

from tests.consulting import Consulting
from tests.fakes.exchange import consulting_in_memory
from tests.met_year import MetYear


@pytest.fixture
def there() -> Consulting:
    """Hospitals that consult each other."""
    return consulting_in_memory()


@pytest.fixture(scope="module")
def lived() -> MetYear:
    """A spring of theirs in which nearly everything happened; tests of a module look back at the same one."""
    year = MetYear(consulting_in_memory())
    year.lived()
    return year
