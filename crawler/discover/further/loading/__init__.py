"""The addresses from which a page loads more of its listing, as its attributes and scripts name them."""
