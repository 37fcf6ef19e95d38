"""The size finder: exact in both units, on every chart, and never a guess."""
