"""How much each benchmark does."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """`relayed`: documents with one event each. `crowded` documents carry `each` events.

    `rounds`: how often a figure and its peer take turns, `long_rounds` where a turn takes minutes; the median counts.
    `crowd`: bookings at once for `crowd_seats` seats. `stored_few`, `stored_many`: visits that are stored already,
    `stored_each` at each hospital, when `stored_bookings` more are made.
    `meetings`: consultations that are booked when a time is looked for, `finds` times.
    `effects`: events in a subscriber's queue. `commands`: per round, at `per_second`.
    `fed`: bookings in a calendar feed. `records`: of a file of references, which is also imported.
    `outcomes`: that are measured. `reminders`: that wait for their moments.
    `outcomes`: that are measured. `announced`: people who are told of an announcement.
    `notified_few`, `notified_many`: notifications that are stored already, `inbox_each` in each inbox, when `inboxes`
    are looked into.
    `described`: outcomes among which duplicates are looked for, of `sought` papers in each of several ways of writing.
    """

    rounds: int
    long_rounds: int
    relayed: int
    crowded: int
    each: int
    stock_events: int
    effects: int
    commands: int
    per_second: int
    bookings: int
    writers: int
    crowd: int
    crowd_seats: int
    stored_few: int
    stored_many: int
    stored_each: int
    stored_bookings: int
    meetings: int
    finds: int
    fed: int
    records: int
    described: int
    sought: int
    outcomes: int
    reminders: int
    announced: int
    notified_few: int
    notified_many: int
    inbox_each: int
    inboxes: int


FULL = Sizes(
    rounds=5,
    long_rounds=3,
    relayed=20_000,
    crowded=200,
    each=100,
    stock_events=2_000,
    effects=4_000,
    commands=200,
    per_second=20,
    bookings=80,
    writers=10,
    crowd=100,
    crowd_seats=10,
    stored_few=10_000,
    stored_many=1_000_000,
    stored_each=10_000,
    stored_bookings=200,
    meetings=300,
    finds=100,
    fed=1_000,
    records=10_000,
    described=100_000,
    sought=100,
    outcomes=100_000,
    reminders=100_000,
    announced=5_000,
    notified_few=10_000,
    notified_many=1_000_000,
    inbox_each=1_000,
    inboxes=200,
)
SHORT = Sizes(
    rounds=1,
    long_rounds=1,
    relayed=300,
    crowded=4,
    each=50,
    stock_events=100,
    effects=1_000,
    commands=20,
    per_second=10,
    bookings=8,
    writers=4,
    crowd=8,
    crowd_seats=2,
    stored_few=400,
    stored_many=800,
    stored_each=200,
    stored_bookings=3,
    meetings=30,
    finds=3,
    fed=20,
    records=20,
    described=300,
    sought=5,
    outcomes=300,
    reminders=300,
    announced=40,
    notified_few=200,
    notified_many=400,
    inbox_each=100,
    inboxes=3,
)
"""Enough to see that every benchmark still runs; its figures say nothing."""
