"""The walk through the documents of one source: its feeds, sitemaps and listings, watched and walked back."""
