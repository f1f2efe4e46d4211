"""Who may: staff, roles, access marks, login."""
