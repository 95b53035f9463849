"""How to choose: pickers for zone, hour, role, topics and level. Whose buttons they are, the feature says."""
