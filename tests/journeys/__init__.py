"""Whole journeys of a person."""
