"""Who may do what at the counter side of the kiosk. No database and no screen in here."""
