"""What bench/citizen_app.py measures, a file for each kind of figure."""
