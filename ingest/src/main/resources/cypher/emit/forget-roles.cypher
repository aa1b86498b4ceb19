// Takes back the roles of an inventory, which are derived and made again.
// Parameters: inventory (id). Cost: one index seek and a step for each role.
CYPHER 25 replan=skip
MATCH (inventory:Inventory {id: $inventory})-[held:HAS_ROLE]->(:Role)
USING INDEX SEEK inventory:Inventory(id)
DELETE held
