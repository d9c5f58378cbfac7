"""The command line: brings an installation up, prepares it, and tells what is wrong with it."""
