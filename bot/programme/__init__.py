"""The programme around the assistant: the academy, news, the weekly digest."""
