"""What we say on paper: Word forms and Excel workbooks, bytes and values in and out."""
