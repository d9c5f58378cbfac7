"""A pause before a transaction is tried again, so that those who got in each other's way do not do so once more."""

import random
import time

FIRST, LONGEST = 0.004, 0.064
"""Seconds: about as long as one transaction takes, and about as long as a dozen do."""


def before_try(number: int) -> None:
    """Nothing before the first (0), then a random part of a time that doubles.

    Source: Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015 ("full jitter").
    """
    if number:
        time.sleep(random.uniform(0, min(LONGEST, FIRST * 2**number)))
