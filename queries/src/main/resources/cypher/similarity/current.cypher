// Answers: the inventories that images have now, how many each, and which of them one analyzer sketched; without an id the images that were never indexed.
// Parameters: analyzer (text)
// Cost: one look at each image of the catalog.
CYPHER 25
MATCH (image:Image)
WHERE NOT coalesce(image.state, 'ACTIVE') IN ['DELETED', 'MISSING']
OPTIONAL MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
RETURN inventory.id AS id, coalesce(inventory.sketchAnalyzer = $analyzer, false) AS sketched, count(image) AS images
