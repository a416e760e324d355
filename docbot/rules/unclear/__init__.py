"""Rules about text that fails its reader."""
