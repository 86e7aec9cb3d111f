"""Archives that share the work: sources moved from one to another, and one site over all of them."""
