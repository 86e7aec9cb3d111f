"""Why the crawls of a source fail: read from what they said, in words that a person can act on."""
