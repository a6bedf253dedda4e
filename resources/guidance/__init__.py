"""What guidance knows, and what builds it: topics, everyday words, gates, green channels. Read by `kiosk.guidance`."""

FILE = "book.json"
SOUNDS = "sounds.json"
