"""Guides as people read them: reviews that fall due, changes, questions of readers, paper."""
