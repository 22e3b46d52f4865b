"""The API, version 1: every record of the domain under /api/v1/, by its uid."""
