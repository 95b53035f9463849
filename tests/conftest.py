"""What all tests share: zones from the package, python-telegram-bot's newer durations, the same examples every time."""

import os
import zoneinfo

from hypothesis import settings

os.environ["PTB_TIMEDELTA"] = "1"  # before anything imports telegram
zoneinfo.reset_tzpath(())
settings.register_profile("project", derandomize=True, deadline=None)
settings.load_profile("project")
