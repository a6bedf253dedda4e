"""The kiosk's voice: what is said of a page, from which clips, through which ear."""
