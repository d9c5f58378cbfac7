"""What is public, for catalogues that harvest."""
