"""What the tests need besides Python: a browser, LibreOffice, a PostgreSQL server, a running dashboard.

What is missing is a failure that names the command to install it, never a skipped test.
"""
