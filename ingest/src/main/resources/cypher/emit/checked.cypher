// Who verified an inventory and how many files were as they should be.
// Parameters: inventory (id), properties (map). Cost: one index seek.
CYPHER 25 replan=skip
MATCH (inventory:Inventory {id: $inventory})
USING INDEX SEEK inventory:Inventory(id)
SET inventory += $properties
