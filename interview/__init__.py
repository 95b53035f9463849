"""The rock under the house: the words and the rules. No Telegram, no SQL, no clock, no chance."""
