"""Before a procurement: why demand comes, how many referrals to expect, the work they make, and what each way of paying costs."""
