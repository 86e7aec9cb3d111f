"""A page's title, authors and dates."""
