"""What lies between this machine and a host: which addresses are nobody's newsroom, and whether the network works."""
