"""Where the music is: libraries, their scan, their catalogue and pictures."""
