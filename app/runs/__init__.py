"""When each job last ran."""
