"""The embedded stack: a private broker, a database and all processes, under one directory and on loopback alone."""
