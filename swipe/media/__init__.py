"""Pictures: any bytes become safe variants in storage."""
