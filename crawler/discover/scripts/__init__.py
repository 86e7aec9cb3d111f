"""What the scripts of a page say in plain words of where its list goes on. Nothing is run. Pure."""
