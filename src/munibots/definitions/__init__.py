"""YAML to domain: forms, layouts, systems, profiles and bots, each checked against a JSON Schema.

A definition is looked for in the shipped folders and then in each folder of ``MUNIBOTS_PROFILE_PATH`` (separated as
``PATH`` is); the later wins.
"""
