"""The demo city: invented residents, their notifications, and the scans of these. Nobody in it exists."""
