"""What an outcome of each type says beyond title and summary, after Researchfish's common question set."""
