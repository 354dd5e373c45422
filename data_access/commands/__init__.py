"""The command line, one file a subject. The pages use the same functions below it."""
