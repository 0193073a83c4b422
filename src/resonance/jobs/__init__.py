"""Work that outlives a request: the port, the rows people see, the rules of attempts and leases."""
