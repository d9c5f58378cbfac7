"""Where research is asked and told: the only files that know nameko."""
