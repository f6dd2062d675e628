"""Tables of a PDF: drawn with lines, without lines, and those that stand in a column of text."""
