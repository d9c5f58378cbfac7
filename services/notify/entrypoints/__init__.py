"""Where notify is asked and told: the only files that know nameko."""
