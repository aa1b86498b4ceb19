// Answers: the images that have some inventories now.
// Parameters: inventories (list)
// Cost: one index lookup for each inventory and one step for each image.
CYPHER 25
UNWIND $inventories AS id
MATCH (:Inventory {id: id})<-[has:HAS_INVENTORY]-(image:Image)
WHERE has.until IS NULL AND NOT coalesce(image.state, 'ACTIVE') IN ['DELETED', 'MISSING']
RETURN id AS inventoryId, image.id AS id, image.name AS name
