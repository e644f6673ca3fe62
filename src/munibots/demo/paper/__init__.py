"""Paper: blank forms drawn by this project, filled in by invented people, and scanned by an invented scanner.

Nothing here is copied from a real form or a real person. ``sheet.yaml`` of a form says how its blank is drawn;
drawing and layout are both made from it and cannot disagree.
"""
