"""What stands in the place of a page and says so in words, though its server answered 200."""
