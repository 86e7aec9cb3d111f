"""Compacted WARC files that are in object storage, read by ranges."""
