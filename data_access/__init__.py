"""The only folder that opens a file or a database.

Here live the connection, the tables and their schema steps, the record of every change, returns,
settings, counts made by the database, workbooks read and written, and the command line. It may
import ``domain``; it may not import ``components`` or ``pages``, and knows no screen.
"""
