"""The diary as other systems read it: visits and sessions alike as meetings, and when people are busy or free."""
