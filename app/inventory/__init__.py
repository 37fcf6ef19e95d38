"""What is in stock, and the ledger of it."""
