"""Mails and the ways they leave."""
