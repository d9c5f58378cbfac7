"""What law asks between the partners, what clears it, and what an outcome still lacks."""
