"""What an accountable force needs: roles that act, the signed record, disclosure, backup."""
