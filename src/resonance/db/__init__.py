"""Engine, unit of work, tables, migrations. No domain verb lives here."""
