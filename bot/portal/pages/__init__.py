"""Pages by what people do. Each module holds its addresses; a page is one function and one template."""
