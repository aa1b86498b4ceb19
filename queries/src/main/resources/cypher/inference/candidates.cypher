// Answers: inventories that some image has now and that may be kin of some others, those first that have most in common with one.
// Parameters: inventories (list), seen (list), each (number), limit (number)
// Cost: for each inventory some index lookups, and as many steps as there are inventories with its file systems, its identity or its bands, bounded.
CYPHER 25
UNWIND $inventories AS id
MATCH (inventory:Inventory {id: id})
CALL (inventory) {
  MATCH (inventory)-[:HAS_VOLUME]->()-[:HAS_PARTITION]->()-[:HOLDS]->(mine:FileSystem) WHERE mine.uuid IS NOT NULL
  MATCH (theirs:FileSystem {uuid: mine.uuid})<-[:HOLDS]-()<-[:HAS_PARTITION]-()<-[:HAS_VOLUME]-(other:Inventory)
  RETURN other, 20 AS weight LIMIT $each
UNION ALL
  MATCH (inventory)-[:IDENTIFIED_BY]->(mine:HostIdentity) WHERE mine.machineId IS NOT NULL
  MATCH (theirs:HostIdentity {machineId: mine.machineId})<-[:IDENTIFIED_BY]-(other:Inventory)
  RETURN other, 20 AS weight LIMIT $each
UNION ALL
  MATCH (inventory)-[:HAS_HOST_KEY]->(:SshKey)<-[:HAS_HOST_KEY]-(other:Inventory)
  RETURN other, 10 AS weight LIMIT $each
UNION ALL
  MATCH (inventory)-[:IN_BAND]->(:Band)<-[:IN_BAND]-(other:Inventory)
  RETURN other, 1 AS weight LIMIT $each
}
WITH other, inventory, sum(weight) AS shared
WHERE NOT other.id IN $seen AND EXISTS { (other)<-[has:HAS_INVENTORY]-(:Image) WHERE has.until IS NULL }
WITH other, max(shared) AS shared
ORDER BY shared DESC, other.id
LIMIT $limit
RETURN other.id AS id
