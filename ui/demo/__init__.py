"""A demonstration court on one machine: `make run`.

Every part is the real one: central intake, sync job, ticket printer on TCP, ID-card reader on a pty, the kiosk
window. Only the paper and the card are pretended, by devices that ship with the product.
"""
