// Answers: the sketches of one trait of the inventories that share a band and that some image has now.
// Parameters: bands (list), analyzer (text), sketch (text), size (text), limit (number)
// Cost: one index lookup for each band and one step for each inventory in it, 1 KiB for each answer.
CYPHER 25
UNWIND $bands AS band
MATCH (:Band {id: band})<-[:IN_BAND]-(inventory:Inventory)
WITH DISTINCT inventory
WHERE inventory.sketchAnalyzer = $analyzer AND inventory[$sketch] IS NOT NULL
  AND EXISTS { (inventory)<-[has:HAS_INVENTORY]-(:Image) WHERE has.until IS NULL }
RETURN inventory.id AS id, inventory[$sketch] AS sketch, inventory[$size] AS size
LIMIT $limit
