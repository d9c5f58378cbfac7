"""What notify is told, asked and busy with."""
