"""How it is paid, whatever happens on the way."""
