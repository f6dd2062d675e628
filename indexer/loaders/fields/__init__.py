"""The fields that say what a document is: what is wrong with them."""
