"""What a shopper means to buy."""
