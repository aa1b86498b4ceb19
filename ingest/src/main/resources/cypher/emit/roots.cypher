// The root directories of file systems, which were written before.
// Parameters: rows (id of the file system, root, properties). Cost: two index seeks a row.
CYPHER 25 replan=skip
UNWIND $rows AS row
MATCH (system:FileSystem {id: row.id})
USING INDEX SEEK system:FileSystem(id)
MATCH (directory:Directory {id: row.root})
USING INDEX SEEK directory:Directory(id)
MERGE (system)-[root:ROOT]->(directory)
ON CREATE SET root = row.properties
