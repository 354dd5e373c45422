"""What pages are made of: the shell, filters, frames, charts, cards, words and formats.

It may import ``domain``. It may not import ``data_access``: what it shows is handed to it, and it
accepts only figures that have been released for an audience.
"""
