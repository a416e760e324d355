"""What a docs repository asks of pull requests."""
