"""What hosts asked for: how long to leave them alone, and what their robots.txt says."""
