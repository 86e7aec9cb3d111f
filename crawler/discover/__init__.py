"""Bytes of a feed, sitemap, listing or home page in, links out. Pure."""
