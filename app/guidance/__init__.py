"""Back-pain guidance, and how products are tied to it."""
