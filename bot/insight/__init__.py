"""What the programme can prove: figures, gaps, documents, improvement projects; each figure is defined in one place."""
