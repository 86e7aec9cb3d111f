"""Writes what is archived in other formats: JSON Lines, CSV, Parquet, WARC, WACZ, evidence packs, backups."""
