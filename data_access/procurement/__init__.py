"""Reading what a procurement is prepared from, keeping its scenarios, and writing the needs assessment."""
