"""What the shop promises about money."""
