"""What has to be done around a visit: by whom, until when, and what follows where it is late."""
