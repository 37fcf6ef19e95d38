"""Search over products and guides, the same on SQLite and PostgreSQL."""
