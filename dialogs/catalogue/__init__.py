"""What the township settles in a meeting, kept as data."""
