"""What a bot's token looks like: its number, a colon, its secret."""

import re

TOKEN = re.compile(r"\d{1,15}:[A-Za-z0-9_-]{3,100}")
