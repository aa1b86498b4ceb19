// Answers: the inventories whose digest starts with some digits, each with an image that has it, or had it.
// Parameters: prefix (text)
// Cost: one range of the index.
CYPHER 25
MATCH (inventory:Inventory) WHERE inventory.id STARTS WITH $prefix
WITH inventory ORDER BY inventory.id LIMIT 11
CALL (inventory) {
  MATCH (image:Image)-[has:HAS_INVENTORY]->(inventory)
  RETURN image ORDER BY has.until IS NULL DESC, image.name, image.id LIMIT 1
}
RETURN image.id AS imageId, image.name AS imageName, image.location AS location, inventory.id AS inventoryId
