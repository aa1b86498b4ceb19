// Answers: inventories that lack the sketches of one analyzer, in the order of their commits.
// Parameters: analyzer (text), after (number), limit (number)
// Cost: one look at each inventory after a sequence number.
CYPHER 25
MATCH (inventory:Inventory)
WHERE inventory.sequence > $after AND (inventory.sketchAnalyzer IS NULL OR inventory.sketchAnalyzer <> $analyzer)
RETURN inventory.id AS id, inventory.sequence AS sequence
ORDER BY sequence
LIMIT $limit
