"""How fast it is: ratios within one run, against PTB's own bare echo on the same transport."""
