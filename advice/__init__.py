"""Advice on demand: asking what an adviser must know, and bringing it to one."""
