"""Pages and layouts to field values with calibrated confidence."""
