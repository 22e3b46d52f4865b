"""What is done behind the pages, by `manage.py db_worker`: tasks that need forms, exports and editing together."""
