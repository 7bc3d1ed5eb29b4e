"""Paper: what will be printed as it will look, the batches, carriers' files, and what was printed."""
