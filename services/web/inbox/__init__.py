"""What the programme had to tell the person who is signed in."""
