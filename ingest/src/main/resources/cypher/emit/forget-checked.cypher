// Takes back what a verification found, which is derived and made again.
// Parameters: inventory (id). Cost: one index seek and a step for each departure.
MATCH (:Inventory {id: $inventory})-[checked:CHECKED_AGAINST]->()
DELETE checked
