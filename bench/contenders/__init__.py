"""Bots that are measured beside each other: ours, and the same tap as it is usually written."""
