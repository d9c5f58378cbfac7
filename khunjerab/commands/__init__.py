"""The commands: each reads its arguments, calls what does the work, and says how it went."""
