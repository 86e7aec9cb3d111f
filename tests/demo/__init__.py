"""The demonstration: two fictional newsrooms on loopback ports, crawled on a short schedule."""
