"""Alerts: a plain word to staff when something about a survey needs them."""
