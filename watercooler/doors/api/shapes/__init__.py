"""What goes in and out, as types: the specification is made of them."""
