"""What people changed again and again in the pages of a repository, mined from its history."""
