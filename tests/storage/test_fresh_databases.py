"""Each storage test has an empty database of its own, of each kind."""

import pytest
from sqlalchemy import create_engine, inspect, text


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_finds_no_table_of_another(database_url: str, turn: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == []
        connection.execute(text("CREATE TABLE cases (reference TEXT)"))
    engine.dispose()
