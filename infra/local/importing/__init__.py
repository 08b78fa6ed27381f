"""`cxm import`: a file and a mapping in, stored rows and a report out; a client of the public API."""
