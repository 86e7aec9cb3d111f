"""Fictional newsrooms of many publishing systems, to be crawled from their address alone."""
