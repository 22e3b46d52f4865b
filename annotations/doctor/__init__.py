"""Whether the stored data keeps every rule of the domain: looks at all of it, and writes nothing.

The constraints of the database and the functions of `editing` keep the rules while people work;
what is looked for here is what came past both: a dump restored in part, a statement typed into the
database's own console, a fault of ours.

The doctor speaks for no user: it sees every row, deleted work too, and nothing starts from
`visible_to`. What it says is for those who run the server, not for a page.

Each invariant is a small function that yields what breaks it; its docstring says which rule it
holds. `examine` asks them all, over one database connection.
"""

from annotations.doctor.examination import INVARIANTS, Outcome, examine
from annotations.doctor.found import Finding, Found, Invariant

__all__ = ["INVARIANTS", "Finding", "Found", "Invariant", "Outcome", "examine"]
