"""How to choose: a picker for everything that can be set. Whose buttons they are, the feature says."""
