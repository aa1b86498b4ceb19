// Answers: the images that a text may mean, by id, or as of a moment by name or location, with their current inventories.
// Parameters: text (text), at (time)
// Cost: index lookups, or one look at each image where a property has no index.
CYPHER 25
MATCH (image:Image)
WHERE image.id = $text
   OR ((image.name = $text OR image.location = $text) AND (image.replacedAt IS NULL OR image.replacedAt > $at))
   OR (image.replacedAt > $at AND image.registeredAt <= $at AND image.formerLocation = $text)
OPTIONAL MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
WITH image, inventory, image.registeredAt <= $at AS known
WITH collect({image: image, inventory: inventory, known: known}) AS found
// What came later is meant where nothing was there then: it is told of as not known yet.
UNWIND CASE WHEN any(each IN found WHERE each.known) THEN [each IN found WHERE each.known] ELSE found END AS each
WITH each.image AS image, each.inventory AS inventory
RETURN image.id AS imageId, image.name AS imageName, image.location AS location, inventory.id AS inventoryId
ORDER BY imageName, imageId
LIMIT 11
