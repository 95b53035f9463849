"""A Telegram in a box: no token, no network, the same rules. It imports nothing of the rooms beside it."""
