"""A storm of shoppers over a shop whose messages get lost, doubled and mixed up."""
