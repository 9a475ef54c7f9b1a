"""The vault: sealed cases that refer to nobody, opened by a handler's key or by a receipt."""
