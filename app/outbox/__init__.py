"""Messages that leave after the commit that caused them."""
