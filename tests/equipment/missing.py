"""The one error of this folder."""


class MissingEquipmentError(RuntimeError):
    """Something the tests need is not there; the message names the command that installs it."""
