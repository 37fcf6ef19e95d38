"""Tests of the stock and its ledger."""
