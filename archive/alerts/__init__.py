"""Alerts: which changes somebody wants to hear of, which were found, and what was delivered."""
