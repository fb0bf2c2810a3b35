"""Tests of intake, of the readers and of the confined reading."""
