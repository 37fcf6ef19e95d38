"""What it costs: delivery, tax and the sum."""
