"""The report of a run: one HTML file that a section head can open, print and file, without any personal data in it.

``html.write_report`` is the door. ``facts`` counts, ``pictures`` covers what was written, ``charts`` draws, ``masking`` keeps values out.
"""
