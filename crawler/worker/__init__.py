"""The crawler process: one source after another, group commit, messages to its owner."""
