// Answers: the texts by which people know images.
// Parameters: none
// Cost: one look at each image of the catalog.
CYPHER 25
MATCH (image:Image)
OPTIONAL MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
RETURN image.id AS id, image.name AS name, image.description AS description, image.location AS location,
       [(inventory)-[:RUNS]->(os:OperatingSystem) |
         os.distribution + ' ' + coalesce(os.version, '') + ' ' + coalesce(os.prettyName, '')] AS systems
