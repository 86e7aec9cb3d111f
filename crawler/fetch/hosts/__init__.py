"""What a crawl owes each host: to keep to its robots.txt, and to wait, or to end, where it is busy or fails."""
