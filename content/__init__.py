"""What we ask: reads the bank, the taxonomy and the places from files."""
