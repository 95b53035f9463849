"""The roof: reads the environment, wires everything, takes updates in and paces what goes out."""

import logging
import os

# without it python-telegram-bot warns each time Telegram asks us to slow down, or a poll's time is read
os.environ.setdefault("PTB_TIMEDELTA", "1")
# its debug lines hold the token and what people write
logging.getLogger("telegram").setLevel(logging.INFO)
