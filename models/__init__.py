"""What passes between the parts: frozen dataclasses, enums and errors."""
