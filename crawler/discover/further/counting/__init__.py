"""Numbers in addresses that count the pages of a listing."""
