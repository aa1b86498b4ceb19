// Answers: how many observations an inventory has.
// Parameters: inventoryId (text)
// Cost: one index lookup; the count is kept with the node.
CYPHER 25
MATCH (inventory:Inventory {id: $inventoryId})
RETURN COUNT { (inventory)-[:HAS_OBSERVATION]->() } AS total
