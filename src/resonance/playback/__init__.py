"""From a track to bytes and queues."""
