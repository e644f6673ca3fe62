"""Field values against rules and reference data, and the question who may skip human eyes."""
