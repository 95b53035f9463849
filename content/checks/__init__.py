"""What `python -m content check` looks at beyond the format of single files."""
