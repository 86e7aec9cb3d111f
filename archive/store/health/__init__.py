"""What each source can be expected to do, and what is wrong with it: rows of `contracts` and `health`."""
