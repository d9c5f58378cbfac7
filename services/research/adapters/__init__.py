"""The outside things that research uses, one file each."""
