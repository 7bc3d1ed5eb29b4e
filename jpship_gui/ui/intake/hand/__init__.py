"""The form for orders entered by hand (IN-15), drawn as the label it will become."""
