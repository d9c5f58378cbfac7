"""Letters of invitation: fetched behind sign-in, checked by anybody who holds one."""
