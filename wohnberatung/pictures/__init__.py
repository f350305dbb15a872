"""Photos and plans of anything: taken in, made harmless, kept in a folder, shown to those who may see them."""
