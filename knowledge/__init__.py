"""The guidance library: passages, and how to find and judge them."""
