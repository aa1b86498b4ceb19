// Answers: inventories that share a band and that some image has now.
// Parameters: bands (list), analyzer (text), limit (number)
// Cost: one index lookup for each band and one step for each inventory in it.
CYPHER 25
UNWIND $bands AS band
MATCH (:Band {id: band})<-[:IN_BAND]-(inventory:Inventory)
WITH DISTINCT inventory
WHERE inventory.sketchAnalyzer = $analyzer
  AND EXISTS { (inventory)<-[has:HAS_INVENTORY]-(image:Image) WHERE has.until IS NULL AND NOT coalesce(image.state, 'ACTIVE') IN ['DELETED', 'MISSING'] }
RETURN inventory.id AS id
LIMIT $limit
