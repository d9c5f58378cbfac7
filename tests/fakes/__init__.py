"""Stand-ins for what is outside, held to the same contract suites as the real things (tests/contract)."""
