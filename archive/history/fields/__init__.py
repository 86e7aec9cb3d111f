"""Fields around the text of a release, and what makes another value of one an edit."""
