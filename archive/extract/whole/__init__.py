"""What stands with a text goes with it, whatever it looks like by itself: lists, tables, headings, lines, sections."""
