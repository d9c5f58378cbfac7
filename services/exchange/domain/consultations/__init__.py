"""Online consultations: several hospitals meet over cases."""
