"""Where cases, readings, reviews, the audit trail, scans and screenshots are kept: one database URL, SQLite or PostgreSQL.

Personal data is sealed (see :mod:`munibots.stores.sealing`); what stands unsealed carries nothing personal. Every change of
a case is a committed compare-and-set with its audit record in the same transaction.
"""
