"""Nothing that people read makes a claim the shop may not make."""
