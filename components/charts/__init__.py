"""One file a kind of chart: pure functions from released figures to a Plotly figure."""
