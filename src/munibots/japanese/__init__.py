"""Pure functions on Japanese text: eras, check digits, width, kana, names, addresses, telephone and postal
numbers.

Nothing here reads a file or keeps a state. Import the module of the subject, for example
``from munibots.japanese.eras import parse_date``. A function that cannot make sense of its text raises a
``ValueError`` of its module; the message never repeats the text, which is personal data.
"""
