"""The outside things that notify uses, one file each."""
