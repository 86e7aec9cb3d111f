"""Values, ids and files on disk, for all rooms. Imports no other room."""
