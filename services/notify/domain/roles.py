"""What people are in a visit or an agreement, and so why they are told of it."""

VISITOR, PROPOSER = "visitor", "proposer"
HOST_COORDINATOR, SENDING_COORDINATOR, COORDINATOR = "host-coordinator", "sending-coordinator", "coordinator"
DEPUTY = "deputy"
"""Of somebody who is away and is asked something."""
STANDS_IN, PROGRAMME_MANAGER = "stand-in", "programme-manager"
"""Those to whom goes on what nobody has answered."""
