"""The housing mediation examples: two invented providers in an invented council, with invented results."""
