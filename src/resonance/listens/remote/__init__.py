"""What people do with music, kept in step with their accounts on music servers."""
