"""PDF files: characters, lines, columns, tables, notes, forms."""
