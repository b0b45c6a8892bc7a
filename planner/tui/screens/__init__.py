"""The screens and the modal ones among them; a modal returns a value and knows no store."""
