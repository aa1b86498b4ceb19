// Answers: an inventory's level and its sketch of one trait, where one analyzer made it.
// Parameters: inventoryId (text), analyzer (text), sketch (text), size (text)
// Cost: one index lookup.
CYPHER 25
MATCH (inventory:Inventory {id: $inventoryId})
RETURN inventory.level AS level, inventory.sketchAnalyzer = $analyzer AS sketched,
       CASE WHEN inventory.sketchAnalyzer = $analyzer THEN inventory[$sketch] END AS sketch,
       CASE WHEN inventory.sketchAnalyzer = $analyzer THEN inventory[$size] END AS size
