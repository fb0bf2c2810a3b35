"""What to look for: tables of patterns with their examples and near misses."""
