"""What Datasette shows of the archive: ready-made queries, and what the tables and columns mean."""
