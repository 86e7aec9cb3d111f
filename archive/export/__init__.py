"""The archive in other forms: JSON Lines, CSV, Parquet, WARC, WACZ, evidence packs, backups."""
