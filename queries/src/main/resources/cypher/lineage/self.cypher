// Answers: an image as a member of a family.
// Parameters: imageId (text)
// Cost: one index lookup.
CYPHER 25
MATCH (image:Image {id: $imageId})
OPTIONAL MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
RETURN image.id AS id, image.name AS name, image.location AS location, image.format AS format,
       image.state AS state, image.modifiedAt AS modifiedAt, inventory.id AS inventoryId
LIMIT 1
