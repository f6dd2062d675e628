"""What comes in from platforms and what goes out to them."""
