// The partitions of a volume.
// Parameters: volume (id), rows (id, number, properties). Cost: two index seeks a row.
CYPHER 25 replan=skip
UNWIND $rows AS row
MATCH (volume:Volume {id: $volume})
USING INDEX SEEK volume:Volume(id)
MERGE (partition:Partition {id: row.id})
ON CREATE SET partition += row.properties
MERGE (volume)-[:HAS_PARTITION {number: row.number}]->(partition)
