"""What the measured processes and whoever measures them agree on."""

EVENT_TYPE = "exchange.visit.booked.v1"
HANDLER_QUEUE = f"evt-exchange-{EVENT_TYPE}--handler.handle"
RPC_QUEUE = "rpc-exchange"
MOMENTS = "BENCH_MOMENTS"
"""The variable that names the file in which a process notes its effects."""
TOGETHER = "BENCH_TOGETHER"
"""The variable that makes our subscriber write effects in batches."""
