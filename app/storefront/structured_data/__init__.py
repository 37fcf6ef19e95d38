"""What pages say to programs, in the words of schema.org; never a grade, a rating or a claim about health."""
