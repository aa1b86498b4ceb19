// Answers: the inventories committed after a sequence number, oldest first.
// Parameters: sequence (number), limit (number)
// Cost: one range of the index.
CYPHER 25
MATCH (inventory:Inventory) WHERE inventory.sequence > $sequence
RETURN inventory.id AS id, inventory.sequence AS sequence
ORDER BY sequence
LIMIT $limit
