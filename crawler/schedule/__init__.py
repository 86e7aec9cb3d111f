"""When a source is due, and which one is crawled next."""
