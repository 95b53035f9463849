"""How a quiz is played: its start card, its polls, its results. Several features begin one."""
