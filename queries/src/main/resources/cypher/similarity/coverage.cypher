// Answers: how many current images have a sketch of one trait, and how many inventories that are.
// Parameters: analyzer (text), sketch (text)
// Cost: one look at each image of the catalog.
CYPHER 25
MATCH (image:Image)
OPTIONAL MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
WITH image, inventory,
     coalesce(inventory.sketchAnalyzer = $analyzer AND inventory[$sketch] IS NOT NULL, false) AS sketched
RETURN count(CASE WHEN sketched THEN 1 END) AS images,
       count(CASE WHEN NOT sketched THEN 1 END) AS unsketched,
       count(DISTINCT CASE WHEN sketched THEN inventory END) AS inventories
