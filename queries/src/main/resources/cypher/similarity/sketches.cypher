// Answers: the sketches of one trait of all inventories that some image has now.
// Parameters: analyzer (text), sketch (text), size (text), limit (number)
// Cost: one look at each inventory, 1 KiB for each answer.
CYPHER 25
MATCH (inventory:Inventory)
WHERE inventory.sketchAnalyzer = $analyzer AND inventory[$sketch] IS NOT NULL
  AND EXISTS { (inventory)<-[has:HAS_INVENTORY]-(:Image) WHERE has.until IS NULL }
RETURN inventory.id AS id, inventory[$sketch] AS sketch, inventory[$size] AS size
LIMIT $limit
