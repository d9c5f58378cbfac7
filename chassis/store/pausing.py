"""A pause before a transaction is tried again, so that those who got in each other's way do not do so once more."""

import random
import time

FIRST, DOUBLINGS = 0.004, 4
"""Seconds: about as long as one transaction takes; doubled so often at most, it is as long as a dozen take."""


def before_try(number: int) -> None:
    """Nothing before the first (0), then a random part of a time that doubles.

    Source: Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015 ("full jitter").
    """
    if number:
        time.sleep(random.uniform(0, FIRST * 2 ** min(number, DOUBLINGS)))
