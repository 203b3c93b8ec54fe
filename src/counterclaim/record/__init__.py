"""Readings → Record, pure: copies, same event, sides, control. Nothing here touches a file or a clock."""
