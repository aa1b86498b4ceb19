// Answers: the inventories that images have now, one for each image, apart by whether one analyzer sketched them; and how many images that are, those among them that were never indexed.
// Parameters: analyzer (text)
// Cost: one look at each image of the catalog. Two lists arrive faster than a row for each.
CYPHER 25
MATCH (image:Image)
WHERE NOT coalesce(image.state, 'ACTIVE') IN ['DELETED', 'MISSING']
OPTIONAL MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
RETURN coalesce(inventory.sketchAnalyzer = $analyzer, false) AS sketched, collect(inventory.id) AS ids, count(image) AS images
