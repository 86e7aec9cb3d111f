"""Feeds of releases and of changes, for readers of feeds and for programs."""
