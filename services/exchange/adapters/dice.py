"""Chance, from the machine."""

import random
from collections.abc import Sequence


class Chance:
    """`Dice` that really roll."""

    def shuffled(self, seats: Sequence[int]) -> list[int]:
        return random.sample(seats, k=len(seats))
