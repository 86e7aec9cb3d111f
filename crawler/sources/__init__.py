"""sources.toml and its schedules, as values."""
