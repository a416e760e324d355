"""That people keep working on a section: counted in its history, and held against what they did later."""
