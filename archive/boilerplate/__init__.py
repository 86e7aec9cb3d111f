"""What the pages of a source repeat, how that is learned, and what a person decided of it."""
