"""Values, identity and files on disk: what every room may use. Imports nothing of ours."""
