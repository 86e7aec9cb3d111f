"""One polite request: robots.txt, address guard, delays, HTTP, errors."""
