"""The demo city: generated forms and a demo core system that knows nothing of munibots."""
