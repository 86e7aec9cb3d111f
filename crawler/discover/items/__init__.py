"""The items of a list: their days, and their titles. Pure."""
