"""What is remembered of a database goes with it, wherever it is remembered."""

from data_access.memory import Memory, forget


def test_the_one_not_asked_for_longest_goes_first():
    memory: Memory[str] = Memory(2)
    memory.put(("a", 1), "first")
    memory.put(("a", 2), "second")
    assert memory.get(("a", 1)) == "first"
    memory.put(("a", 3), "third")
    assert memory.get(("a", 2)) is None
    assert (memory.get(("a", 1)), memory.get(("a", 3))) == ("first", "third")


def test_a_database_is_forgotten_in_every_memory_and_no_other_is():
    tallies: Memory[str] = Memory(5)
    decided: Memory[int] = Memory(5)
    tallies.put(("gone", 1), "tally")
    decided.put(("gone", "step"), 1)
    decided.put(("kept", "step"), 2)
    forget("gone")
    assert (tallies.get(("gone", 1)), decided.get(("gone", "step"))) == (None, None)
    assert decided.get(("kept", "step")) == 2
