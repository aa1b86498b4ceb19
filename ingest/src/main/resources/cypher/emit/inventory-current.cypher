// Ends the image's current inventory, unless it is this one; says whether it is.
// Parameters: image, inventory (ids), now. Cost: the inventories of one image.
MATCH (image:Image {id: $image})
OPTIONAL MATCH (image)-[same:HAS_INVENTORY]->(:Inventory {id: $inventory}) WHERE same.until IS NULL
WITH image, count(same) > 0 AS current
CALL (image) {
  MATCH (image)-[has:HAS_INVENTORY]->(other:Inventory)
  WHERE has.until IS NULL AND other.id <> $inventory
  SET has.until = $now
}
RETURN current
