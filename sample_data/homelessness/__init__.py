"""The homelessness mediation examples: one invented provider in three invented districts, with invented results."""
