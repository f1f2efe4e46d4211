"""The one document of a survey: every part of it, and how it is put together."""
