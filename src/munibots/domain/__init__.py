"""What the library talks about: cases, documents, forms, fields, layouts, screens, reviews, audit records.

Frozen dataclasses and enumerations of the standard library; legal state changes. No YAML, numpy, SQLAlchemy or robot here.
"""
