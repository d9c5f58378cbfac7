"""Where a graph of numbered states, given by its neighbours, gets stuck."""

from collections.abc import Callable

Neighbours = Callable[[int], list[int]]


def first_hopeless(size: int, good: set[int], came_from: Neighbours) -> int | None:
    """The lowest of `size` states from which no good one can be reached."""
    hopeful = _reach(good, came_from)
    return next((number for number in range(size) if number not in hopeful), None)


def stuck_at(here: int, goes_to: Neighbours, came_from: Neighbours) -> int:
    """Go on from `here` until the states only lead to one another; the lowest of those."""
    while True:
        ahead, behind = _reach({here}, goes_to), _reach({here}, came_from)
        if ahead <= behind:
            return min(ahead)
        here = max(ahead - behind)


def circle_through(here: int, goes_to: Neighbours) -> list[int]:
    """The shortest way from `here` back to it, both ends included; only `here` where nothing leads on."""
    paths = [[here]]
    seen: set[int] = set()
    for path in paths:
        for there in goes_to(path[-1]):
            if there == here:
                return [*path, here]
            if there not in seen:
                seen.add(there)
                paths.append([*path, there])
    return [here]


def _reach(start: set[int], neighbours: Neighbours) -> set[int]:
    """`start` and everything that can be reached from it."""
    reached, open_ = set(start), list(start)
    while open_:
        fresh = set(neighbours(open_.pop())) - reached
        reached |= fresh
        open_.extend(fresh)
    return reached
