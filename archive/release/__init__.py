"""The anatomy of a press release: dateline, embargo, issuer, contacts, credits, closing parts."""
