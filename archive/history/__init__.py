"""The captures of one article in, its revisions and events out. Pure."""
