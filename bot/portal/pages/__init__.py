"""Pages by what people do: each module has its part of the table of addresses, a page is one function and a template."""
