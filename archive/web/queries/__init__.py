"""What the pages read from archive.db. Every query is bounded and walks an index; nothing here writes."""
