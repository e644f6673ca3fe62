"""What is known without reading: postal codes, banks, working days, the city's resident register.

All of it works without a network. Import the module of the subject, for example
``from munibots.reference.postal_codes import address_fits``.
"""
