"""The use cases: everything the outside may ask of the core. One desk belongs to the thread that opened it."""

from kiosk.desk.desk import Desk as Desk
