"""HTTP to the local Telegram; one client for all, as a new one reads every certificate."""

import httpx

HTTP = httpx.Client(timeout=60)
