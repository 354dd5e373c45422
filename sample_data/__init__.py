"""Example returns, as three invented providers would send them, and the programs that write them."""
