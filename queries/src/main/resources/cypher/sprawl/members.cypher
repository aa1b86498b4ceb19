// Answers: the images that have some inventories now, and what holds on to each: machines, overlays, branches, channels.
// Parameters: inventories (list), shown (number)
// Cost: one index lookup for each inventory, one step for each image and for what holds on to it. Most have nothing of the kind, which is told by how many relationships there are.
CYPHER 25
UNWIND $inventories AS inventoryId
MATCH (:Inventory {id: inventoryId})<-[has:HAS_INVENTORY]-(image:Image)
WHERE has.until IS NULL AND NOT coalesce(image.state, 'ACTIVE') IN ['DELETED', 'MISSING']
WITH inventoryId, image,
     CASE WHEN EXISTS { (image)<-[:DEPLOYED_FROM]-() }
          THEN COLLECT { MATCH (image)<-[deployed:DEPLOYED_FROM]-(machine:Machine) WHERE deployed.until IS NULL
                         RETURN DISTINCT machine.name AS name ORDER BY name }
          ELSE [] END AS machines
RETURN inventoryId, image.id AS id, image.name AS name, coalesce(image.allocatedBytes, 0) AS bytes,
       machines[..$shown] AS machines, size(machines) AS machineCount,
       CASE WHEN EXISTS { (image)<-[:DERIVED_FROM]-() }
            THEN COUNT { (image)<-[:DERIVED_FROM {kind: 'backing-file'}]-(child:Image)
                         WHERE NOT coalesce(child.state, 'ACTIVE') IN ['DELETED', 'MISSING'] }
            ELSE 0 END AS overlays,
       COUNT { (image)-[:HAS_BRANCH]->() } AS branches,
       CASE WHEN EXISTS { (image)<-[:POINTS_TO]-() }
            THEN [(channel:Channel)-[:POINTS_TO]->(image) | channel.name]
            ELSE [] END AS channels
