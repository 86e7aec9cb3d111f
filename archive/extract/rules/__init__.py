"""Rules that correct the scores of the forests: what stands with a text goes with it, whatever it looks like itself."""
