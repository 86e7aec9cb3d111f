"""Gets bytes: what to watch, where its releases are, and how to fetch them politely."""
