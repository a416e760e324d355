"""From a review to what is said of it on its pull request: remarks, one comment, or nothing. Pure."""
