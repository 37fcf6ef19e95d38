"""What only a development machine runs."""
