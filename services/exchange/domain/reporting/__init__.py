"""The annual report: what it counts, and of what each figure is made."""
