"""archive.db: its schema, its only writer, and the queries that read it."""
