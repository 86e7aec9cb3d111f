"""Charts as values, which templates draw as SVG."""
