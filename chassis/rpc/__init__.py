"""Calls between a page and a service: nameko's wire protocol, with a command id, an actor and a deadline in every one.

In a service's `entrypoints/rpc.py`:

    class ExchangeService:
        name = "exchange"
        application = Application()

        @rpc
        def propose_visit(self, call: Call, **fields):
            return self.application.propose_visit(fields, call.context(self.application.clock.now()))

and in a caller:

    client = RpcClient(amqp_url, caller="web")
    receipt = client.call("exchange", "propose_visit", {"purpose": "…"}, actor=actor, timeout=5.0)

A method returns plain JSON values (a dataclass such as `Receipt` is turned into a dict) or raises a `Refusal`.
The client raises `Refused(name, facts)`, `CallTimedOut` (outcome unknown: ask again with the same command id) or
`ServiceUnavailable`.
"""
