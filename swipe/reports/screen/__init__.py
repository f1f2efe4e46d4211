"""The big screen of a meeting hall: a code to answer by, and results when the host shows them."""
