// Answers: an inventory's level, and whether one analyzer sketched it.
// Parameters: inventoryId (text), analyzer (text)
// Cost: one index lookup.
CYPHER 25
MATCH (inventory:Inventory {id: $inventoryId})
RETURN inventory.level AS level, coalesce(inventory.sketchAnalyzer = $analyzer, false) AS sketched
