"""How the person signed in wants to be told."""
