"""Tests of the outbox: messages leave after the commit, once."""
