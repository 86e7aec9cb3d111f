"""A text in, values out: dates, calendars, language, fingerprints, full-text queries, differences."""
