"""The further pages of a listing, in every form that systems give them. Pure."""
