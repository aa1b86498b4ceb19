// The partitions of a volume.
// Parameters: volume (id), rows (id, number, properties). Cost: two index seeks a row.
UNWIND $rows AS row
MATCH (volume:Volume {id: $volume})
MERGE (partition:Partition {id: row.id})
ON CREATE SET partition += row.properties
MERGE (volume)-[:HAS_PARTITION {number: row.number}]->(partition)
