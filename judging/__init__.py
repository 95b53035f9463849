"""How much of a reference answer a reply covers."""
