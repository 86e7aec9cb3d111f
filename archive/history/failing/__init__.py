"""How it is seen that a source fails, and why: by what its crawls said, and by what is too unusual for chance. Pure."""
