"""What people say, turned into music: a sentence into a playlist."""
