"""Prevention Hub in Microsoft Teams; imported only where its credentials are set."""
