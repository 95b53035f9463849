"""Measurements of what the project promises to be fast at; `python -m bench NAME` runs one."""
