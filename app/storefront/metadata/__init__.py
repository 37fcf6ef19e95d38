"""What the head of a page tells search engines and link previews, from the objects that the page shows."""
