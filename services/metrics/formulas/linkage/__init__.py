"""How customers' scores and those of staff go together, department by department."""
