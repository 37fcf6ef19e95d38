"""Tests of orders and their payment status."""
