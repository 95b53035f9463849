"""What we remember: all SQL of the house."""
