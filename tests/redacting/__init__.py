"""Tests of the redactors: what is removed is gone, and what is left still opens."""
