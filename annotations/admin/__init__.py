"""Where reviewers judge submitted work. One file a noun; rights come from permissions.py alone."""
