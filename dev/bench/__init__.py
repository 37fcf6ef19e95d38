"""How fast the shop sells: real servers, real databases, and Stripe's stand-in."""
