"""Looking after the hub: people, switches, holds, purges, disclosure."""
