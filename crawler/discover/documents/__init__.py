"""What pages have in them and around them: files, frames, walls, scripts."""
