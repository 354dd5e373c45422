"""The SEND mediation examples: 2,129 invented referrals that add up to the counts of the Norfolk needs assessment."""
