"""Who stands in for whom, on MongoDB."""

from chassis.store import Shape, tells_nobody
from services.notify.domain.deputy import Deputation

DEPUTATION_SHAPE = Shape(
    service="notify",
    kind="deputation",
    model=Deputation,
    state_word=lambda deputation: deputation.state,
    publish=tells_nobody,
)
