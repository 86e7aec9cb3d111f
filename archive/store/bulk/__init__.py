"""What makes writing cheap: statements that stay compiled, and questions asked once for many captures."""
