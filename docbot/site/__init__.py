"""What the published site says: where links lead, redirections, the docset."""
