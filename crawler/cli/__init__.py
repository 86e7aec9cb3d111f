"""The crawler's commands: init, add, sources."""
