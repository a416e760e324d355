"""GitHub: where it is (`place`), who asks (`token`), how it is asked (`client` by `wire`), what its refusals
mean (`faults`, `refusals`), and all of that behind docbot's interfaces (`forge`, `issues`, `reviews`)."""
