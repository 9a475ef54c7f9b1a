"""A strict local Telegram, and the page through which people use it."""
