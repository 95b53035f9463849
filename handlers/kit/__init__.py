"""How to talk: what every feature needs to take an update and to answer it."""
