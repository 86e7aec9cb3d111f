"""The crawler process: batches of sources side by side, group commit, messages to its owner."""
