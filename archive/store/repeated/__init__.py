"""Texts that occur more than once: on the pages of a source, at several addresses, or at several sources."""
