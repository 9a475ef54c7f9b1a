"""What the township has settled: who may, when, how grave."""
