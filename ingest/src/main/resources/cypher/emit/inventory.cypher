// A new inventory with the next number in the sequence of commits.
// Parameters: inventory (id), properties (map). Cost: a scan of the inventories' numbers.
OPTIONAL MATCH (other:Inventory)
WITH coalesce(max(other.sequence), 0) + 1 AS sequence
CREATE (inventory:Inventory {id: $inventory})
SET inventory += $properties, inventory.sequence = sequence
