"""What the exchange is asked to do and to tell."""
