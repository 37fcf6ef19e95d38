"""Tests of mails and the ways they leave."""
