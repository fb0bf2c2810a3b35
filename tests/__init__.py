"""Tests, and the labelled documents they measure on."""
