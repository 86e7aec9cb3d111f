"""A PDF document: what stands where on its pages, and its text in the order in which it is read."""
