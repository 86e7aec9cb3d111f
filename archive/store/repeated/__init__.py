"""What is said more than once: by the pages of a source, at several addresses, or by several sources."""
