"""What research is asked to do and to tell."""
