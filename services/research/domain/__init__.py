"""The rules of outcomes and their transfer into practice: plain data and functions, standard library only."""
