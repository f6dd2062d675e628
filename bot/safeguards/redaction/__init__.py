"""What redaction recognises: one file for each kind of thing, each yielding the spans to remove."""
