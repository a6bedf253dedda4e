"""What the kiosk says aloud: shipped clips by language, the list that holds them to their texts, and their tools."""
