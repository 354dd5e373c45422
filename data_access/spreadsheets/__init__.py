"""Workbooks and CSV files.

Reading a return from bytes, and writing the blank one. No rule on what a return says lives here.
"""
