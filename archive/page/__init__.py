"""Bytes of a page to its tree, its blocks and the markup that states facts."""
