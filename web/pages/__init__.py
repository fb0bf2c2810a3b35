"""The pages: for practitioners, and for staff. Server-rendered; every journey works without scripts."""
