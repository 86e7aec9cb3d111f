"""How archive.db is opened, for writing and for reading, and what is said where that fails."""
