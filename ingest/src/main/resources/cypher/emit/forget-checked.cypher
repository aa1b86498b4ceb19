// Takes back what a verification found, which is derived and made again.
// Parameters: inventory (id). Cost: one index seek and a step for each departure.
CYPHER 25 replan=skip
MATCH (inventory:Inventory {id: $inventory})-[checked:CHECKED_AGAINST]->()
USING INDEX SEEK inventory:Inventory(id)
DELETE checked
