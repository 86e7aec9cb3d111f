"""Forms and choices that lead to further pages of a listing: what they send, and where that leads."""
