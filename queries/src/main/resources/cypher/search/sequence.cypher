// Answers: which inventory was committed first and the last sequence number; what tells one graph from another.
// Parameters: none
// Cost: both ends of an index.
CYPHER 25
OPTIONAL MATCH (inventory:Inventory) WHERE inventory.sequence > 0
WITH min(inventory.sequence) AS least, max(inventory.sequence) AS last
OPTIONAL MATCH (first:Inventory {sequence: least})
RETURN coalesce(first.id, '') AS first, coalesce(last, 0) AS last
