"""Where the exchange is asked and told: the only files that know nameko."""
