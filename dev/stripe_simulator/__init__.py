"""A stand-in for Stripe on loopback, so that the shop runs and is tested without an account."""
