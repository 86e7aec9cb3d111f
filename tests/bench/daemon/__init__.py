"""Measuring the daemon: how soon releases are found, and how many sources it bears."""
