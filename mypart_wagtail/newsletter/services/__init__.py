"""Every write of the newsletter: who gets it, its editions, and their sending."""
