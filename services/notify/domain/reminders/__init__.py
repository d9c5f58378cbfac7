"""What people are reminded of ahead of time: counted back from arrivals, departures, reply-bys and agreements' ends."""
