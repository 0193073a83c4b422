"""What each person did with the music: plays, likes, ratings, tags, notes, the queue."""
