"""What the WARC files of other programs say of the pages in them, for the import."""
