"""Every write: keyword-only functions, the acting user passed in, one transaction, version checked, history kept."""
