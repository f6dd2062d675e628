"""Words: abbreviations, spelling, stems, sentences, and questions with two sides."""
