"""What the pages of a source repeat, how it is learned, and what a person decided about it."""
