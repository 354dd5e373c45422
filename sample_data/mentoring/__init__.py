"""The mentoring examples: 540 invented cases that add up to the counts of the Essex report."""
