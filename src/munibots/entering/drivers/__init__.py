"""Ways to touch a core system's screens; each is a :class:`~munibots.entering.drivers.protocol.ScreenDriver`."""
