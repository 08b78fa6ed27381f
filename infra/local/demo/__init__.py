"""A synthetic organisation to look at: a telecom of 40 departments and one year of answers."""
