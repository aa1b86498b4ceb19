// File systems and the partitions that hold them.
// Parameters: rows (partition, id, properties). Cost: two index seeks a row.
UNWIND $rows AS row
MATCH (partition:Partition {id: row.partition})
MERGE (system:FileSystem {id: row.id})
ON CREATE SET system += row.properties
MERGE (partition)-[:HOLDS]->(system)
