"""Where people are reached by chat and telephone, and what is sent there."""
