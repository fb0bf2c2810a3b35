"""Celery: the queued workers that carry the line's stages."""
