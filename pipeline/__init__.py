"""The stages of the line: pure functions from frozen data to frozen data."""
