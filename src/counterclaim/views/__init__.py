"""Rows computed from a record for a screen or an export. Views know no screen."""
