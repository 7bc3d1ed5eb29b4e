"""One module a paper, or a family of papers: whatever declares `KINDS` here is offered by print centre and command
line."""
