"""The HTTP API for the portal, and the pages."""
