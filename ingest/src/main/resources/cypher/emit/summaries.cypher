// What contents say of themselves; may be repeated.
// Parameters: rows (id, properties). Cost: one index seek a row.
CYPHER 25 replan=skip
UNWIND $rows AS row
MATCH (file:File {id: row.id})
USING INDEX SEEK file:File(id)
SET file += row.properties
