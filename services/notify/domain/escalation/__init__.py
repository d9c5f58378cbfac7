"""What asks for an answer and gets none in time goes on: to deputies, then to the site's programme managers."""
