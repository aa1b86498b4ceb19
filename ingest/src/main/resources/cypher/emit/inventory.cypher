// A new inventory with the next number in the sequence of commits.
// Parameters: inventory (id), properties (map). Cost: one index lookup.
CYPHER 25 replan=skip
OPTIONAL CALL () {
  MATCH (other:Inventory)
  USING INDEX other:Inventory(sequence)
  WHERE other.sequence > 0
  RETURN other.sequence AS last ORDER BY last DESC LIMIT 1
}
WITH coalesce(last, 0) + 1 AS sequence
CREATE (inventory:Inventory {id: $inventory})
SET inventory += $properties, inventory.sequence = sequence
