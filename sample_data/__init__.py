"""Example returns of each service, as invented providers would send them, and the programs that write them."""
