"""One adapter per destination of the catalogue: columns, form fields, imports, engine frames."""
