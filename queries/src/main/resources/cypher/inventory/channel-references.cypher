// Answers: the version that a channel of a chain points to.
// Parameters: chain (text), channel (text)
// Cost: one index lookup and one step for each channel of the chain.
CYPHER 25
MATCH (:VersionChain {name: $chain})-[:HAS_CHANNEL]->(:Channel {name: $channel})-[:POINTS_TO]->(image:Image)
OPTIONAL MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
RETURN image.id AS imageId, image.name AS imageName, image.location AS location, inventory.id AS inventoryId
LIMIT 1
