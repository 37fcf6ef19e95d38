"""An honest online shop for physical-therapy products."""
