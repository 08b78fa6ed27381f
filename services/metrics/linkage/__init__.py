"""How scores of customers and of staff go together, department by department."""
