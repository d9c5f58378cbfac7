"""How the channels stand by which messages leave."""
