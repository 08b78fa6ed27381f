"""What a schema gives to the code that was written for it, and what it asks of that code."""

from dataclasses import dataclass

import asyncpg

COLUMNS = """
SELECT relname, attname FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'c') AND attnum > 0 AND NOT attisdropped
"""
GIVEN = """
SELECT format('%s %s.%s %s', CASE relkind WHEN 'c' THEN 'field' ELSE 'column' END, relname, attname,
    format_type(atttypid, atttypmod))
FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'c') AND attnum > 0 AND NOT attisdropped
UNION ALL
SELECT format('%s.%s may be left out', relname, attname)
FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
    AND (NOT attnotnull OR atthasdef OR attidentity <> '' OR attgenerated <> '')
UNION ALL
SELECT format('function %s', pg_proc.oid::regprocedure) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL
SELECT format('sequence %s', relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
UNION ALL
SELECT format('one row a key of %s: %s%s', indrelid::regclass,
    (SELECT string_agg(pg_get_indexdef(indexrelid, n, true), ', ' ORDER BY n) FROM generate_series(1, indnkeyatts) n),
    ' where ' || pg_get_expr(indpred, indrelid))
FROM pg_index JOIN pg_class ON indrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace AND indisunique
UNION ALL
SELECT format('%s may %s %s', grantee::regrole, privilege_type, relname)
FROM pg_class, aclexplode(relacl)
WHERE relnamespace = 'public'::regnamespace AND NOT privilege_type = ANY('{SELECT,INSERT,UPDATE}')
UNION ALL
SELECT format('%s may %s %s.%s', rolname, privilege, relname, attname)
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid,
    pg_roles, unnest('{SELECT,INSERT,UPDATE}'::text[]) privilege
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v') AND attnum > 0 AND NOT attisdropped
    AND rolname LIKE 'cxm%' AND has_column_privilege(rolname, attrelid, attname, privilege)
"""
"""A line for each thing that statements may name, leave out or rely on."""
ASKED = """
SELECT relname, format('%s must keep %s', relname, pg_get_constraintdef(pg_constraint.oid)),
    (SELECT array_agg(attname) FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY(conkey))
FROM pg_constraint JOIN pg_class ON conrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'x')
UNION ALL
SELECT relname, format('%s must fill %s', relname, attname), ARRAY[attname]
FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
    AND attnotnull AND NOT atthasdef AND attidentity = '' AND attgenerated = ''
UNION ALL
SELECT relname, format('%s has one row a key: %s', relname, pg_get_indexdef(indexrelid)),
    (SELECT array_agg(attname) FROM pg_attribute WHERE attrelid = indrelid AND attnum = ANY(indkey))
FROM pg_index JOIN pg_class ON indrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace AND indisunique
UNION ALL
SELECT typname, format('%s has %s fields', typname, relnatts), NULL
FROM pg_type JOIN pg_class ON typrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace AND relkind = 'c'
UNION ALL
SELECT relname, format('%s calls %s', relname, tgname), NULL
FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace AND NOT tgisinternal
UNION ALL
SELECT relname, format('rows of %s are shown to whom a policy names', relname), NULL
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity
"""
"""By table or type, what statements that write to it must keep, and the columns that it is about."""


@dataclass(frozen=True)
class Catalog:
    """One schema. `asked` by table or type, with columns."""

    names: frozenset[str]
    columns: frozenset[tuple[str, str]]
    given: frozenset[str]
    asked: frozenset[tuple[str, str, tuple[str, ...]]]


async def read_catalog(connection: "asyncpg.Connection[asyncpg.Record]") -> Catalog:
    columns = await connection.fetch(COLUMNS)
    given = await connection.fetch(GIVEN)
    asked = await connection.fetch(ASKED)
    return Catalog(
        frozenset(row[0] for row in columns),
        frozenset((row[0], row[1]) for row in columns),
        frozenset(row[0] for row in given),
        frozenset((row[0], row[1], tuple(row[2] or ())) for row in asked),
    )


def missed(before: Catalog, after: Catalog) -> list[str]:
    """What code that was written for the schema before would miss, or not keep, on the one after."""
    gone = [f"gone: {line}" for line in before.given - after.given]
    new = [
        f"new: {line}"
        for name, line, columns in after.asked - before.asked
        if name in before.names and not _fills_by_itself(before, after, name, columns)
    ]
    return sorted([*gone, *new])


def _fills_by_itself(before: Catalog, after: Catalog, name: str, columns: tuple[str, ...]) -> bool:
    """Whether it is about new columns alone, and those may be left out."""
    return bool(columns) and all(
        (name, column) not in before.columns and f"{name}.{column} may be left out" in after.given
        for column in columns
    )
