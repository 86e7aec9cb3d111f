"""Finding articles by words, marks and days: the index that is written, and the queries that read it."""
