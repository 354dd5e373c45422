"""The screens of a meeting: each function makes them of released figures alone, and reads nothing."""
