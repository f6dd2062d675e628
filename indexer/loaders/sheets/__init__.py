"""Spreadsheets and tables of data to blocks, each cell as the sheet shows it."""
