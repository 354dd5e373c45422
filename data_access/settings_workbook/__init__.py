"""The settings as a workbook that a council fills in: writing it, and reading it back with every fault at its cell."""

from data_access.settings_workbook.reading import SettingsRead, read_settings_workbook
from data_access.settings_workbook.template import write_settings_template

__all__ = ["SettingsRead", "read_settings_workbook", "write_settings_template"]
