"""What we ask, decide and say: values in, values out; no IO, no clock, no chance."""
