// The root directories of file systems, which were written before.
// Parameters: rows (id of the file system, root, properties). Cost: two index seeks a row.
UNWIND $rows AS row
MATCH (system:FileSystem {id: row.id})
MATCH (directory:Directory {id: row.root})
MERGE (system)-[root:ROOT]->(directory)
ON CREATE SET root = row.properties
