"""Everything after bytes: captures, clean text, the record of changes, and the site that shows them."""
