"""What products were called and are called now, and how a sentence takes the new name.

The facts are in `docbot/data/renames.toml` and `docbot/data/entra.toml`; everything here is pure.
"""
