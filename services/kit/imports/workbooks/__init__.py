"""XLSX workbooks, read as a stream: what a cell shows, as a CSV of the same sheet would have it."""
