"""Every write of the grants app, by subject."""
