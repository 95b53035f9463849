"""What all tests share: the rules of time zones from the package, and python-telegram-bot's newer durations."""

import os
import zoneinfo

os.environ["PTB_TIMEDELTA"] = "1"  # before anything imports telegram
zoneinfo.reset_tzpath(())
