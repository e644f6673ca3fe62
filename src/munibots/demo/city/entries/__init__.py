"""What invented people write on each form: one module a form, named like the form, with a function ``make``."""
