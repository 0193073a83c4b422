"""What is measured of the music itself."""
