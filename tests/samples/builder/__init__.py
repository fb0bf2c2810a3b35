"""Build the samples from their sources."""
