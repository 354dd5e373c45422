"""What is true of the services with no screen and no database.

Here live the fields, code lists, services, periods, selections, measures, targets, deadlines,
statistics, disclosure rules, checks and access rules. Nothing here imports Streamlit, Plotly,
SQLAlchemy, openpyxl or pandas, opens a database, or asks what day it is.
"""
