"""Every write: keyword-only functions, the acting user passed in, one transaction, the version checked, history kept."""
