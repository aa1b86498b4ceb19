// Where the guests of an inventory have its file systems mounted, which were written before.
// Parameters: inventory (id), rows (system, path, guest, volume, partition). Cost: two index seeks a row.
CYPHER 25 replan=skip
UNWIND $rows AS row
MATCH (inventory:Inventory {id: $inventory})
USING INDEX SEEK inventory:Inventory(id)
MATCH (system:FileSystem {id: row.system})
USING INDEX SEEK system:FileSystem(id)
CREATE (inventory)-[:MOUNTS {path: row.path, guest: row.guest, volume: row.volume, partition: row.partition}]->(system)
