// What contents say of themselves; may be repeated.
// Parameters: rows (id, properties). Cost: one index seek a row.
UNWIND $rows AS row
MATCH (file:File {id: row.id})
SET file += row.properties
