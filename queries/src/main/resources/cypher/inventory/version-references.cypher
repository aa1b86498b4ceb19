// Answers: the version of a chain with a number that it has or had there, or the branch of it with a number.
// Parameters: chain (text), number (text), branch (number or null)
// Cost: one index lookup and one step for each version that the chain has or had.
CYPHER 25
MATCH (:VersionChain {name: $chain})-[:HAS_VERSION|HAD_VERSION {number: $number}]->(version:Image)
WITH DISTINCT version
OPTIONAL MATCH (version)-[:HAS_BRANCH {number: $branch}]->(branch:Image|Machine)
WITH DISTINCT CASE WHEN $branch IS NULL THEN version ELSE branch END AS image
WHERE image IS NOT NULL
OPTIONAL MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
RETURN image.id AS imageId, image.name AS imageName, coalesce(image.location, '') AS location, inventory.id AS inventoryId
ORDER BY imageName, imageId
LIMIT 11
