"""What the services tell each other: the events, and nothing else.

A published version never changes. Add a field as optional, or add a `v2` beside the `v1`
and emit both with one `id` until `v1` is retired.
"""
