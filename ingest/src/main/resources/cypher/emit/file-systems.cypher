// File systems and the partitions that hold them.
// Parameters: rows (partition, id, properties). Cost: two index seeks a row.
CYPHER 25 replan=skip
UNWIND $rows AS row
MATCH (partition:Partition {id: row.partition})
USING INDEX SEEK partition:Partition(id)
MERGE (system:FileSystem {id: row.id})
ON CREATE SET system += row.properties
MERGE (partition)-[:HOLDS]->(system)
