"""What it means: answers become estimates, and estimates one disclosed document."""
