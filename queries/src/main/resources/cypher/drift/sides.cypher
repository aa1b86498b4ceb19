// Answers: some inventories, each with an image that has it, or had it last, and the roles that it is given today.
// Parameters: sides (list)
// Cost: one index lookup for each, and one step for each image that has it and for each role.
CYPHER 25
UNWIND $sides AS side
MATCH (inventory:Inventory {id: side.inventoryId})
CALL (inventory, side) {
  OPTIONAL MATCH (image:Image)-[has:HAS_INVENTORY]->(inventory)
  RETURN image, has
  ORDER BY image.id = side.imageId DESC, has.until IS NULL DESC, image.name, image.id
  LIMIT 1
}
RETURN side.place AS place, inventory.id AS inventoryId, inventory.level AS level, image.id AS imageId, image.name AS imageName,
       has.observedAt AS observedAt, [(inventory)-[:HAS_ROLE]->(role:Role) | role.name] AS roles
ORDER BY place
