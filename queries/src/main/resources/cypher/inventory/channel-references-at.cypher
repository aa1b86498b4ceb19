// Answers: the version that a channel of a chain pointed to as of a moment, with the inventory that it has now.
// Parameters: chain (text), channel (text), at (time)
// Cost: one index lookup and one step for each version that the channel has pointed to.
CYPHER 25
MATCH (:VersionChain {name: $chain})-[:HAS_CHANNEL]->(:Channel {name: $channel})-[points:POINTS_TO|POINTED_TO]->(image:Image)
WHERE points.since <= $at AND (points.until IS NULL OR points.until > $at)
OPTIONAL MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
RETURN image.id AS imageId, image.name AS imageName, image.location AS location, inventory.id AS inventoryId
LIMIT 1
