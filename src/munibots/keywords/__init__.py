"""Robot Framework libraries: ``munibots.Cases``, ``munibots.CoreSystem``, ``munibots.Documents``, and running a bot.

One class of keywords a file, listed by hand in its library; Japanese names in ``locale/ja.json``. Personal data stay inside:
keywords take and give case ids, counts and names of fields.
"""
