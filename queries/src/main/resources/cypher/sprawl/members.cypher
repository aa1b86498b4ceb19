// Answers: the images that have some inventories now, and what holds on to each: machines, overlays, branches, channels.
// Parameters: inventories (list), shown (number)
// Cost: one index lookup for each inventory, one step for each image and for what holds on to it.
CYPHER 25
UNWIND $inventories AS inventoryId
MATCH (:Inventory {id: inventoryId})<-[has:HAS_INVENTORY]-(image:Image)
WHERE has.until IS NULL AND NOT coalesce(image.state, 'ACTIVE') IN ['DELETED', 'MISSING']
CALL (image) {
  OPTIONAL MATCH (image)<-[deployed:DEPLOYED_FROM]-(machine:Machine) WHERE deployed.until IS NULL
  WITH DISTINCT machine ORDER BY machine.name
  RETURN collect(machine.name) AS machines
}
RETURN inventoryId, image.id AS id, image.name AS name, coalesce(image.allocatedBytes, 0) AS bytes,
       machines[..$shown] AS machines, size(machines) AS machineCount,
       COUNT { (image)<-[:DERIVED_FROM {kind: 'backing-file'}]-(child:Image)
               WHERE NOT coalesce(child.state, 'ACTIVE') IN ['DELETED', 'MISSING'] } AS overlays,
       COUNT { (image)-[:HAS_BRANCH]->() } AS branches,
       [(channel:Channel)-[:POINTS_TO]->(image) | channel.name] AS channels
