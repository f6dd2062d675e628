"""The app package that is uploaded to Teams."""
