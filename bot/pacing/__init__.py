"""How fast the bot speaks, who goes first, and what is said again when Telegram did not take it."""
