"""Tests of reading and redacting PDF."""
