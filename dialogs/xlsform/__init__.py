"""Plays an XLSForm questionnaire as a dialogue."""
