// Answers: the images that a text may mean, by id, name or location, with their current inventories.
// Parameters: text (text)
// Cost: index lookups, or one look at each image where a property has no index.
CYPHER 25
MATCH (image:Image)
WHERE image.id = $text OR (image.name = $text AND image.replacedAt IS NULL) OR image.location = $text
OPTIONAL MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
RETURN image.id AS imageId, image.name AS imageName, image.location AS location, inventory.id AS inventoryId
ORDER BY imageName, imageId
LIMIT 11
