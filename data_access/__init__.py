"""The only folder that opens a file or a database.

Here live the connection, the tables and their schema steps, the record of every change, returns,
settings, counts made by the database, workbooks read and written, and the command line. It may
import ``domain``; it may not import ``components`` or ``pages``, and knows no screen.
"""

import os

# The writer of slides brings lxml along. Where openpyxl finds that, it reads by it and no longer by defusedxml, within other limits.
# It looks when it is first imported, and whatever opens a file lies in this folder.
os.environ["OPENPYXL_LXML"] = "False"
