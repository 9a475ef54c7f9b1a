"""Whom we hear and reach."""
