"""Recognizers: Presidio's shape around our tables and our token classifier."""
