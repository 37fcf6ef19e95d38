"""The shop is killed at every point where money moves, and heals."""
