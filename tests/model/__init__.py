"""The shop beside a simple model of it, through courses of events that nobody would think of."""
