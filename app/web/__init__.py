"""What every door that speaks HTML shares."""
