"""The gate in front of every request: who may come in, and what is each person's own."""

from components.gate.refusals import Refusal, tell, tell_to

__all__ = ["Refusal", "tell", "tell_to"]
