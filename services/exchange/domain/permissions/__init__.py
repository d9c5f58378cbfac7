"""Who may do what. Each function returns when they may and raises `NotAllowed` when they may not."""
