"""The screens, one module per subject of the menu."""
