// Answers: how many machines there are as of a moment.
// Parameters: at (time)
// Cost: one look at each machine.
CYPHER 25
MATCH (machine:Machine) WHERE machine.registeredAt <= $at
RETURN count(machine) AS total
