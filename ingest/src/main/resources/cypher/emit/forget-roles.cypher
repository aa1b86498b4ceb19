// Takes back the roles of an inventory, which are derived and made again.
// Parameters: inventory (id). Cost: one index seek and a step for each role.
MATCH (:Inventory {id: $inventory})-[held:HAS_ROLE]->(:Role)
DELETE held
