// Answers: an inventory and an image that has it, or had it last.
// Parameters: inventoryId (text), imageId (text)
// Cost: one index lookup and one step for each image that has it.
CYPHER 25
MATCH (inventory:Inventory {id: $inventoryId})
OPTIONAL MATCH (image:Image)-[has:HAS_INVENTORY]->(inventory)
RETURN inventory.id AS inventoryId, inventory.level AS level, image.id AS imageId, image.name AS imageName,
       has.observedAt AS observedAt
ORDER BY image.id = $imageId DESC, has.until IS NULL DESC, image.name, image.id
LIMIT 1
