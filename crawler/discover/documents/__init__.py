"""Files on listings: which are releases."""
