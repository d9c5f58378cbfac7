"""The outside things that the exchange uses, one file each."""
