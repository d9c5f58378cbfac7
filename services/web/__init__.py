"""The thin front end: it holds no rule and no business data; it asks the services and shows their answers."""
