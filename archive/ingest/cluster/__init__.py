"""Extraction on the workers of a Dask cluster, which share no disk with the archive."""
