// Keeps others from a machine until the transaction ends, and says what state it is in.
// Parameters: machine (id), now. Cost: one index seek.
CYPHER 25
MATCH (machine:Machine {id: $machine})
SET machine.changedAt = $now
WITH machine
RETURN machine.state AS state, machine.name AS name
