"""What people do in the story, by subject; each is done on a stage."""
