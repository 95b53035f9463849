"""What whoever runs the bot can do with it: back up, restore, look it over, ask whether it is well."""
